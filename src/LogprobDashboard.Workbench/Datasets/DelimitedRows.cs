using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Rows of CSV or TSV, by CsvHelper's parser.</summary>
internal sealed class DelimitedRows : RowReader
{
    private const int BufferCharacters = 64 * 1024;

    private readonly StreamReader _text;
    private readonly CsvParser _parser;
    private readonly MetadataWriter _metadata;

    public DelimitedRows(TextFile file, Dialect dialect, bool hasHeader, IReadOnlyList<string> columns)
    {
        Columns = columns;
        _metadata = new MetadataWriter(columns);
        _text = file.OpenText();
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = dialect.Separator.ToString(),
            Mode = dialect.Quoting == Quoting.Csv ? CsvMode.RFC4180 : CsvMode.NoEscape,
            BadDataFound = null,
            BufferSize = BufferCharacters,
        });
        if (hasHeader)
            ReadRecord();
    }

    public override IReadOnlyList<string> Columns { get; }

    public override long Position => _text.BaseStream.Position;

    public override int CellCount => _parser.Count;

    public override bool Read()
    {
        if (!ReadRecord())
            return false;
        Row++;
        return true;
    }

    public override string? Cell(int column) => column < _parser.Count ? _parser[column] : null;

    public override string? Metadata(IReadOnlySet<int> mapped)
    {
        var hasOverflow = HasOverflow();
        if (mapped.Count == Columns.Count && !hasOverflow)
            return null;
        _metadata.Begin();
        var cells = Math.Min(_parser.Count, Columns.Count);
        for (var column = 0; column < cells; column++)
        {
            if (!mapped.Contains(column))
                _metadata.Add(column, _parser[column]);
        }
        if (hasOverflow)
            _metadata.AddOverflow(Enumerable.Range(Columns.Count, _parser.Count - Columns.Count).Select(column => _parser[column]));
        return _metadata.End();
    }

    /// <summary>Whether the row has cells beyond the last column that are not empty.</summary>
    public bool HasOverflow()
    {
        for (var column = Columns.Count; column < _parser.Count; column++)
        {
            if (_parser[column].Length > 0)
                return true;
        }
        return false;
    }

    /// <summary>The cells of the file's first record, whatever it is.</summary>
    public static IReadOnlyList<string> FirstRecord(TextFile file, Dialect dialect)
    {
        using var rows = new DelimitedRows(file, dialect, hasHeader: false, []);
        return rows.Read() ? [.. Enumerable.Range(0, rows.CellCount).Select(column => rows.Cell(column)!)] : [];
    }

    public override void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    private bool ReadRecord()
    {
        try
        {
            return _parser.Read();
        }
        catch (DecoderFallbackException)
        {
            throw ReadingErrors.InvalidBytes(_text.CurrentEncoding, Row + 1);
        }
    }
}
