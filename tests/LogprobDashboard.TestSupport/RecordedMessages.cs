using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogprobDashboard.TestSupport;

/// <summary>One message of the recorded experiment, with the log probs that llama3:8b gave for one prompt.</summary>
public sealed record RecordedMessage(int Index, string Text, string Label, IReadOnlyList<(string Token, double? Logprob)> Top);

/// <summary>The recorded experiment of <c>../shared/data/sms-spam</c>.</summary>
public static class RecordedMessages
{
    public static IReadOnlyList<RecordedMessage> Read(string variant) =>
        [.. File.ReadLines(SharedData.File($"sms-spam/llama3-8b-{variant}.jsonl")).Select(line => Message(JsonNode.Parse(line)!))];

    public static string Template(string variant) =>
        JsonNode.Parse(File.ReadAllText(SharedData.File("sms-spam/prompts.json")))![variant]!["template"]!.GetValue<string>();

    public static JsonElement Reference(string variant) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.File($"sms-spam/reference-{variant}.json"))).RootElement;

    private static RecordedMessage Message(JsonNode line) => new(
        line["index"]!.GetValue<int>(),
        line["text"]!.GetValue<string>(),
        line["label"]!.GetValue<string>(),
        [.. line["top"]!.AsArray().Select(entry => (entry!["token"]!.GetValue<string>(), (double?)entry["logprob"]!.GetValue<double>()))]);
}
