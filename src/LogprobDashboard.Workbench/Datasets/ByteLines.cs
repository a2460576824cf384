using System.Globalization;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Lines of a stream of bytes, without their line end; a line is gone with the next one.</summary>
internal sealed class ByteLines(Stream stream, int maxBytes) : IDisposable
{
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>The current line, from 1.</summary>
    public long Line { get; private set; }

    public bool Read()
    {
        var searched = 0;
        while (true)
        {
            var ahead = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (ahead >= 0)
                return Take(searched + ahead, 1);
            searched = _end - _start;
            if (_isAtEnd)
                return searched > 0 && Take(searched, 0);
            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Take(int length, int lineEnd)
    {
        Current = _buffer.AsMemory(_start, length);
        _start += length + lineEnd;
        Line++;
        return true;
    }

    private void Fill()
    {
        var kept = _end - _start;
        if (kept >= maxBytes)
            throw ReadingErrors.RowTooLong(string.Create(CultureInfo.InvariantCulture, $"Line {Line + 1}"), maxBytes);
        if (_start > 0)
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        else if (kept == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        (_start, _end) = (0, kept);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
    }
}
