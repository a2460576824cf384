using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Writes a row's metadata as one JSON object; its buffers serve every row.</summary>
internal sealed class MetadataWriter(IReadOnlyList<string> columns)
{
    /// <summary>The key of the cells beyond the last column.</summary>
    private const string Overflow = "overflow";

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private readonly List<JsonEncodedText> _names = [.. columns.Select(column => JsonEncodedText.Encode(column, Encoder))];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });
    private bool _isEmpty;

    public void AddColumn(string name) => _names.Add(JsonEncodedText.Encode(name, Encoder));

    public void Begin()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _isEmpty = true;
    }

    public void Add(int column, string value)
    {
        _writer.WriteString(_names[column], value);
        _isEmpty = false;
    }

    public void Add(int column, JsonElement value)
    {
        _writer.WritePropertyName(_names[column]);
        value.WriteTo(_writer);
        _isEmpty = false;
    }

    public void AddOverflow(IEnumerable<string> cells)
    {
        _writer.WriteStartArray(columns.Contains(Overflow) ? Overflow + "_2" : Overflow);
        foreach (var cell in cells)
            _writer.WriteStringValue(cell);
        _writer.WriteEndArray();
        _isEmpty = false;
    }

    /// <summary>Null where nothing was added.</summary>
    public string? End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        return _isEmpty ? null : Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
