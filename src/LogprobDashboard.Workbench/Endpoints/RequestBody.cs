using System.Buffers;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Turns the request that Semantic Kernel wrote into the one that the endpoint wants.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] ForServer(byte[] body, CallSettings settings)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 128);
        using (var writer = new Utf8JsonWriter(output, Relaxed))
        using (var document = JsonDocument.Parse(body))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var name = NameForServer(property.Name, settings);
                if (settings.ExtraBody?.ContainsKey(name) == true)
                    continue;
                writer.WritePropertyName(name);
                property.Value.WriteTo(writer);
            }

            WriteExtra(writer, settings);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static string NameForServer(string name, CallSettings settings) =>
        name == "max_completion_tokens" && settings.OutputLimitField == OutputLimitField.MaxTokens ? "max_tokens" : name;

    private static void WriteExtra(Utf8JsonWriter writer, CallSettings settings)
    {
        if (settings.ExtraBody is null)
            return;
        foreach (var (name, value) in settings.ExtraBody)
        {
            if (value is null)
                continue;
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
