using System.Buffers;
using System.Runtime.CompilerServices;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// Reads a delimited text in both ways at once, quotes as CSV and quotes as they stand, and counts what speaks for either. It keeps no cell, so a file of any length fits.
/// Records end as they do for the parser that reads them later: at CR, LF or CRLF; blank lines are none.
/// </summary>
internal sealed class TableScan(char delimiter)
{
    private readonly SearchValues<char> _special = SearchValues.Create([delimiter, '"', '\r', '\n']);
    private readonly ShapeCount _plain = new();
    private readonly ShapeCount _quoted = new();
    private long _base;

    private long _lineStart;
    private int _lineCells = 1;

    private long _recordStart;
    private long _cellStart;
    private long _closedAt;
    private long _returnAt = -2;
    private int _recordCells = 1;
    private int _recordLines = 1;
    private bool _cellQuoted;
    private bool _inQuotes;
    private bool _cellMalformed;
    private bool _recordMalformed;

    /// <summary>Quotes inside cells that do not begin with one: a writer of CSV would have quoted these cells.</summary>
    public long StrayQuotes { get; private set; }

    /// <summary>Doubled quotes, and delimiters inside quotes.</summary>
    public long Escapes { get; private set; }

    /// <summary>Line ends inside quotes.</summary>
    public long QuotedLineEnds { get; private set; }

    public long MalformedCells { get; private set; }

    /// <summary>The last record's quote was never closed.</summary>
    public bool IsUnclosed { get; private set; }

    public TableShape Plain => _plain.ToShape();

    public TableShape Quoted => _quoted.ToShape();

    // A loop over millions of characters in a method that is called seldom: without this it would run unoptimised for most of the file.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(_special);
            if (next < 0)
                break;
            at += next;
            var position = _base + at;
            switch (text[at])
            {
                case '"':
                    Quote(position);
                    break;
                case '\r' or '\n':
                    LineEnd(position, text[at]);
                    break;
                default:
                    Delimiter(position);
                    break;
            }
        }
        _base += text.Length;
    }

    /// <summary>Closes the last record. A text that was cut off leaves it out.</summary>
    public void Complete(bool isCut = false)
    {
        if (isCut)
            return;
        if (_base > _lineStart)
            _plain.Add(_lineCells, 1, _base - _lineStart, malformed: false);
        if (_base <= _recordStart)
            return;
        IsUnclosed = _inQuotes;
        EndCell(_base);
        _quoted.Add(_recordCells, _recordLines, _base - _recordStart, _recordMalformed || IsUnclosed);
    }

    private void Quote(long position)
    {
        if (position == _cellStart)
        {
            _cellQuoted = true;
            _inQuotes = true;
        }
        else if (!_cellQuoted)
        {
            StrayQuotes++;
        }
        else if (_inQuotes)
        {
            _inQuotes = false;
            _closedAt = position;
        }
        else if (!_cellMalformed && position == _closedAt + 1)
        {
            _inQuotes = true;
            Escapes++;
        }
        else
        {
            _cellMalformed = true;
        }
    }

    private void Delimiter(long position)
    {
        _lineCells++;
        if (_inQuotes)
        {
            Escapes++;
            return;
        }
        EndCell(position);
        _recordCells++;
        _cellStart = position + 1;
    }

    private void LineEnd(long position, char character)
    {
        var isSecondHalf = character == '\n' && position == _returnAt + 1;
        if (character == '\r')
            _returnAt = position;
        if (position > _lineStart)
            _plain.Add(_lineCells, 1, position - _lineStart, malformed: false);
        _lineStart = position + 1;
        _lineCells = 1;
        if (_inQuotes)
        {
            if (!isSecondHalf)
            {
                _recordLines++;
                QuotedLineEnds++;
            }
            return;
        }
        EndRecord(position);
    }

    private void EndRecord(long position)
    {
        if (position > _recordStart)
        {
            EndCell(position);
            _quoted.Add(_recordCells, _recordLines, position - _recordStart, _recordMalformed);
        }
        _recordStart = _cellStart = position + 1;
        _recordCells = _recordLines = 1;
        _recordMalformed = false;
    }

    private void EndCell(long position)
    {
        if (_cellQuoted && !_inQuotes && (_cellMalformed || position != _closedAt + 1))
        {
            _recordMalformed = true;
            MalformedCells++;
        }
        _cellQuoted = _cellMalformed = false;
        _inQuotes = false;
    }
}
