namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>Gives the first bytes and then breaks as a lost connection does, or calls back and goes on.</summary>
internal sealed class BreakingStream(byte[] bytes, int breakAt, Action? atBreak = null) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= breakAt)
            (atBreak ?? throw new IOException("The connection was lost."))();
        var end = _position < breakAt ? breakAt : bytes.Length;
        var read = Math.Min(count, end - _position);
        bytes.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
        _position += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var part = new byte[buffer.Length];
        var read = Read(part, 0, part.Length);
        part.AsSpan(0, read).CopyTo(buffer.Span);
        return ValueTask.FromResult(read);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
