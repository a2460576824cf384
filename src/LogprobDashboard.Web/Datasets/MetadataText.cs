using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogprobDashboard.Web.Datasets;

/// <summary>A value of a sample's metadata as text: strings as they are, everything else as JSON has it.</summary>
public static class MetadataText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Json),
    };
}
