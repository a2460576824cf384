using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Signs that a model thought before it answered, in the fields that servers use for it.</summary>
internal static class Thoughts
{
    public static bool AreIn(JsonElement message) =>
        HasText(message, "reasoning_content") || HasText(message, "reasoning") || HasText(message, "thinking")
        || (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            && content.EnumerateArray().Any(part => CompletionReader.Text(part, "type") is "thinking" or "reasoning"));

    public static bool WereCounted(JsonElement usage) =>
        CompletionReader.Count(Property(usage, "completion_tokens_details"), "reasoning_tokens") > 0
        || CompletionReader.Count(Property(usage, "output_tokens_details"), "reasoning_tokens") > 0
        || CompletionReader.Count(usage, "thoughts_token_count") > 0
        || CompletionReader.Count(usage, "thoughtsTokenCount") > 0;

    private static bool HasText(JsonElement message, string name) => !string.IsNullOrWhiteSpace(CompletionReader.Text(message, name));

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
