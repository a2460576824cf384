namespace LogprobDashboard.Workbench.Datasets;

/// <summary>One sample on its way into the database.</summary>
internal readonly record struct SampleRow(string? ExternalId, string Text, string? Label, string? Source, string? Metadata);

/// <summary>Turns rows of a file into samples by the column mapping, and notes what is odd about them. Rows without text are left out.</summary>
internal sealed class SampleRows : IDisposable
{
    private readonly RowReader _rows;
    private readonly bool _isDelimited;
    private readonly int _text;
    private readonly int _label;
    private readonly int _source;
    private readonly int _id;
    private readonly HashSet<int> _mapped;
    private readonly SeenTexts _seen = new();
    private readonly RowWatch? _watch;
    private bool _isNoted;

    /// <param name="reading">How the file is read.</param>
    /// <param name="watch">Looks on: the rows are not meant for the database then, and carry no metadata.</param>
    public SampleRows(Reading reading, RowWatch? watch = null)
    {
        _watch = watch;
        _isDelimited = reading.Dialect is not null;
        _rows = reading.Dialect is { } dialect
            ? new DelimitedRows(reading.File, dialect, reading.HasHeader == true, reading.Columns)
            : new JsonLinesRows(reading.File, reading.Columns);
        _text = IndexOf(reading.Columns, reading.Mapping.Text);
        _label = IndexOf(reading.Columns, reading.Mapping.Label);
        _source = IndexOf(reading.Columns, reading.Mapping.Source);
        _id = IndexOf(reading.Columns, reading.Mapping.Id);
        _mapped = [.. new[] { _text, _label, _source, _id }.Where(column => column >= 0)];
    }

    public ImportNotes Notes { get; } = new();

    public ValueCounts Labels { get; } = new();

    public ValueCounts Sources { get; } = new();

    public int RowsRead => _rows.Row;

    public long Position => _rows.Position;

    public IReadOnlyList<string> Columns => _rows.Columns;

    public bool TryRead(out SampleRow sample)
    {
        while (_rows.Read())
        {
            _isNoted = false;
            NoteCells();
            var text = _rows.Cell(_text);
            if (string.IsNullOrWhiteSpace(text))
            {
                Note(ImportNotes.Kind.EmptyText);
                _watch?.See(_rows, _isNoted);
                continue;
            }
            NoteText(text);
            var label = Labels.Count(Value(_label));
            if (_label >= 0 && label is null)
                Note(ImportNotes.Kind.EmptyLabel);
            _watch?.See(_rows, _isNoted);
            sample = new SampleRow(Value(_id), text, label, Sources.Count(Value(_source)), _watch is null ? _rows.Metadata(_mapped) : null);
            return true;
        }
        sample = default;
        return false;
    }

    public void Dispose() => _rows.Dispose();

    private static int IndexOf(IReadOnlyList<string> columns, string? name)
    {
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns[column] == name)
                return column;
        }
        return -1;
    }

    private string? Value(int column)
    {
        var value = column < 0 ? null : _rows.Cell(column)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private void Note(ImportNotes.Kind kind) => _isNoted |= Notes.Add(kind, _rows.Row) <= RowWatch.RowsOfAKind;

    private void NoteCells()
    {
        if (!_isDelimited)
            return;
        if (_rows.CellCount < _rows.Columns.Count)
            Note(ImportNotes.Kind.TooFewCells);
        else if (_rows is DelimitedRows delimited && delimited.HasOverflow())
            Note(ImportNotes.Kind.TooManyCells);
    }

    private void NoteText(string text)
    {
        if (!_seen.Add(text))
            Note(ImportNotes.Kind.DuplicateText);
        if (TextFaults.HasControlCharacters(text))
            Note(ImportNotes.Kind.ControlCharacters);
        if (TextFaults.LooksLikeMojibake(text))
            Note(ImportNotes.Kind.Mojibake);
    }
}
