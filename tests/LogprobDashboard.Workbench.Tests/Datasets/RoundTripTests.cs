using System.Text;
using CsCheck;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>Whatever is written as a delimited file comes back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Alphabet = ["a", "b", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r\n", "é", "№", "😀", "'", "x y", "{", "0"];
    private static readonly Gen<string> Cell = Gen.OneOfConst(Alphabet).Array[0, 8].Select(string.Concat);
    private static readonly Gen<string> PlainCell = Gen.OneOfConst("a", "b", " ", "\"", "\"\"", "é", "№", "😀", "'", "x y").Array[0, 8].Select(string.Concat);
    private static readonly Gen<string> Delimiter = Gen.OneOfConst(",", ";", "\t", "|");
    private static readonly Gen<string> LineEnd = Gen.OneOfConst("\n", "\r\n", "\r");
    private static readonly Gen<Encoding> AnyEncoding = Gen.OneOfConst<Encoding>(new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode);

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Csv_WrittenByTheRules_IsReadBackWithoutBeingToldAnything() =>
        Gen.Select(Table(Cell), Delimiter, LineEnd, AnyEncoding, Gen.Bool).Sample(
            (table, delimiter, lineEnd, encoding, quoteAll) => IsReadBack(table, delimiter, lineEnd, encoding, cell => Quoted(cell, delimiter, quoteAll), quoting: null),
            iter: 400,
            threads: 1);

    [Fact]
    public void Text_WrittenWithoutQuoting_IsReadBackAsItStands() =>
        Gen.Select(Table(PlainCell), Delimiter, LineEnd, AnyEncoding).Sample(
            (table, delimiter, lineEnd, encoding) => IsReadBack(table, delimiter, lineEnd, encoding, cell => cell, quoting: "none"),
            iter: 400,
            threads: 1);

    [Fact]
    public void Scan_CutAnywhere_CountsTheSame() =>
        Gen.Select(Cell.Array[1, 10].Select(string.Concat), Gen.Int[1, 7]).Sample((text, size) =>
        {
            var whole = new TableScan(',');
            whole.Add(text);
            whole.Complete();
            var cut = new TableScan(',');
            foreach (var part in text.Chunk(size))
                cut.Add(part);
            cut.Complete();
            return (whole.Plain, whole.Quoted, whole.StrayQuotes, whole.Escapes, whole.QuotedLineEnds, whole.MalformedCells, whole.IsUnclosed)
                == (cut.Plain, cut.Quoted, cut.StrayQuotes, cut.Escapes, cut.QuotedLineEnds, cut.MalformedCells, cut.IsUnclosed);
        });

    [Fact]
    public void Scan_AndParser_AgreeOnRecords() =>
        Gen.Select(Cell.Array[1, 10].Select(string.Concat), Gen.Bool).Sample((text, isQuoted) =>
        {
            var scan = new TableScan(',');
            scan.Add(text);
            scan.Complete();
            var quoting = isQuoted ? Quoting.Csv : Quoting.None;
            File.WriteAllText(_path, text);
            using var rows = new DelimitedRows(new TextFile(Staged(), new UTF8Encoding(false, true), 0), new Dialect(',', quoting), hasHeader: false, []);
            while (rows.Read())
            {
            }
            return rows.Row == scan.ShapeUnder(quoting).Records;
        }, threads: 1);

    /// <summary>A header that says which column is the text, rows whose text is not blank.</summary>
    private static Gen<string[][]> Table(Gen<string> cell) =>
        Gen.Select(Gen.Int[2, 4], Gen.Int[1, 6]).SelectMany((columns, rows) => cell.Array[columns].Array[rows])
            .Select(rows => (string[][])[[.. new[] { "text", "label", "note", "more" }.Take(rows[0].Length)], .. rows.Select(row => (string[])["t" + row[0], .. row[1..]])]);

    private bool IsReadBack(string[][] table, string delimiter, string lineEnd, Encoding encoding, Func<string, string> write, string? quoting)
    {
        File.WriteAllText(_path, string.Concat(table.Select(row => string.Join(delimiter, row.Select(write)) + lineEnd)), encoding);
        var reading = new DatasetReading().ReadAsync(Staged(), new ReadingOptions { Delimiter = delimiter, Quoting = quoting }, CancellationToken.None).GetAwaiter().GetResult();
        using var rows = new DelimitedRows(reading.File, reading.Dialect!.Value, hasHeader: true, reading.Columns);
        foreach (var expected in table[1..])
        {
            if (!rows.Read() || rows.CellCount != expected.Length || !expected.SequenceEqual(Enumerable.Range(0, rows.CellCount).Select(column => rows.Cell(column)!)))
                return false;
        }
        return !rows.Read() && reading.Columns.SequenceEqual(table[0]);
    }

    private StagedFile Staged() => new(_path, "table.csv", new FileInfo(_path).Length, "sha256:0");

    private static string Quoted(string cell, string delimiter, bool always) =>
        always || cell.Contains(delimiter, StringComparison.Ordinal) || cell.AsSpan().IndexOfAny("\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
