using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Rows of JSON Lines: one object a line, its keys are the columns.</summary>
internal sealed class JsonLinesRows : RowReader
{
    private const int MaxColumns = 1_000;

    private readonly Stream _bytes;
    private readonly ByteLines _lines;
    private readonly string _encoding;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _cells = [];
    private readonly MetadataWriter _metadata = new([]);
    private JsonDocument? _document;

    /// <param name="file">The file.</param>
    /// <param name="columns">Columns that are known before the first row, in this order.</param>
    public JsonLinesRows(TextFile file, IReadOnlyList<string> columns)
    {
        _encoding = file.Encoding.WebName;
        _bytes = file.OpenBytes();
        var isUtf8 = file.Encoding.CodePage == Encoding.UTF8.CodePage;
        _lines = new ByteLines(isUtf8 ? _bytes : Encoding.CreateTranscodingStream(_bytes, file.Encoding, Encoding.UTF8), MaxRowLength);
        foreach (var column in columns)
            AddColumn(column);
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override long Position => _bytes.Position;

    public override int CellCount => _columns.Count;

    public override bool Read()
    {
        _document?.Dispose();
        _document = null;
        while (ReadLine())
        {
            if (_lines.Current.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
                continue;
            _document = Parse();
            Row++;
            Spread(_document.RootElement);
            return true;
        }
        return false;
    }

    /// <summary>Text of a string; a number, true, false, a list or an object as it is written.</summary>
    public override string? Cell(int column) => _cells[column].ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => _cells[column].GetString(),
        _ => _cells[column].GetRawText(),
    };

    public override string? Metadata(IReadOnlySet<int> mapped)
    {
        _metadata.Begin();
        for (var column = 0; column < _cells.Count; column++)
        {
            if (_cells[column].ValueKind != JsonValueKind.Undefined && !mapped.Contains(column))
                _metadata.Add(column, _cells[column]);
        }
        return _metadata.End();
    }

    public override void Dispose()
    {
        _document?.Dispose();
        _lines.Dispose();
        _bytes.Dispose();
    }

    private bool ReadLine()
    {
        try
        {
            return _lines.Read();
        }
        catch (DecoderFallbackException)
        {
            throw ReadingErrors.InvalidBytes(_encoding, Row + 1);
        }
    }

    private JsonDocument Parse()
    {
        try
        {
            var document = JsonDocument.Parse(_lines.Current);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            var kind = document.RootElement.ValueKind.ToString().ToLowerInvariant();
            document.Dispose();
            throw Broken($"it is a JSON {kind}, no object");
        }
        catch (JsonException broken)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"its JSON is broken at byte {broken.BytePositionInLine + 1} of the line"));
        }
    }

    private void Spread(JsonElement row)
    {
        for (var column = 0; column < _cells.Count; column++)
            _cells[column] = default;
        foreach (var property in row.EnumerateObject())
        {
            try
            {
                if (property.Value.ValueKind == JsonValueKind.String)
                    property.Value.GetString();
                if (!_byName.TryGetValue(property.Name, out var column))
                    column = AddColumn(property.Name);
                _cells[column] = property.Value;
            }
            catch (InvalidOperationException)
            {
                throw Broken("a text in it has half of a surrogate pair (\\ud800 … \\udfff alone)");
            }
        }
    }

    private int AddColumn(string name)
    {
        if (_columns.Count == MaxColumns)
        {
            throw new UserErrorException(
                UserErrorKind.Impossible,
                string.Create(CultureInfo.InvariantCulture, $"The rows have more than {MaxColumns:N0} different keys."),
                "Put what varies from row to row into one nested object, and import that.");
        }
        _columns.Add(name);
        _byName.Add(name, _columns.Count - 1);
        _cells.Add(default);
        _metadata.AddColumn(name);
        return _columns.Count - 1;
    }

    private UserErrorException Broken(string why) => new(
        UserErrorKind.Impossible,
        string.Create(CultureInfo.InvariantCulture, $"Line {_lines.Line} cannot be read: {why}."),
        $"The line begins: {Beginning()} Each line has to hold one whole JSON object, such as {{\"text\": \"…\", \"label\": \"…\"}}. Repair that line; a JSON array becomes JSON Lines with: jq -c '.[]' file.json.");

    private string Beginning()
    {
        const int Shown = 120;
        var line = _lines.Current.Span;
        return Encoding.UTF8.GetString(line[..Math.Min(Shown, line.Length)]).TrimEnd('\uFFFD') + (line.Length > Shown ? " …" : "");
    }
}
