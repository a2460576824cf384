using System.Text.Json;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Reads a sample's metadata back into values.</summary>
internal static class SampleMetadata
{
    private static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    public static SampleRecord ToRecord(this Sample sample) =>
        new(sample.Index, sample.ExternalId, sample.Text, sample.Label, sample.Source, Parse(sample.Metadata));

    private static IReadOnlyDictionary<string, object?> Parse(string? json)
    {
        if (json is null)
            return None;
        using var document = JsonDocument.Parse(json);
        return ToDictionary(document.RootElement);
    }

    private static Dictionary<string, object?> ToDictionary(JsonElement value) =>
        value.EnumerateObject().GroupBy(property => property.Name).ToDictionary(group => group.Key, group => ToValue(group.Last().Value), StringComparer.Ordinal);

    private static object? ToValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(ToValue).ToList(),
        JsonValueKind.Object => ToDictionary(value),
        _ => null,
    };
}
