using System.Text.Json;
using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Answers in a server's own shape instead of a chat completion's: a gateway passed them on, or they were recorded and are imported.
/// They are read where their numbers are the log probs of the model, and refused with a reason where they are not.
/// </summary>
internal static class NativeAnswers
{
    /// <returns>Null where the shape is none that is known.</returns>
    public static (ReceivedAnswer? Answer, CallFailure? Failure)? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (List(root, "completion_probabilities") is { } probabilities)
            return LlamaCpp(root, probabilities);
        if (root.TryGetProperty("done", out _) && (root.TryGetProperty("response", out _) || root.TryGetProperty("message", out _) || List(root, "logprobs") is not null))
            return (Ollama(root), null);
        if (List(root, "output") is { } output && CompletionReader.Text(root, "object") == "response")
            return (Responses(root, output), null);
        if (List(root, "candidates") is { } candidates && candidates.GetArrayLength() > 0)
            return (Gemini(root, candidates[0]), null);
        return CompletionReader.Text(root, "generated_text") is { } generated ? (TextGeneration(root, generated), null) : null;
    }

    /// <summary>Ollama's /api/generate and /api/chat: log probs at the top level.</summary>
    private static ReceivedAnswer Ollama(JsonElement root) => new(
        LogprobReader.Positions(List(root, "logprobs")),
        CompletionReader.Text(root, "response") ?? CompletionReader.Text(Property(root, "message"), "content") ?? "",
        CompletionReader.Text(root, "done_reason"),
        CompletionReader.Text(root, "model"),
        CompletionReader.Count(root, "prompt_eval_count"),
        CompletionReader.Count(root, "eval_count"),
        !string.IsNullOrWhiteSpace(CompletionReader.Text(root, "thinking")) || Thoughts.AreIn(Property(root, "message")));

    /// <summary>llama.cpp's /completion. Until December 2024, and since then on request, it sends probabilities of the shortened list that it sampled from.</summary>
    private static (ReceivedAnswer? Answer, CallFailure? Failure) LlamaCpp(JsonElement root, JsonElement positions)
    {
        if (positions.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Object && !entry.TryGetProperty("logprob", out _) && (entry.TryGetProperty("probs", out _) || entry.TryGetProperty("prob", out _))))
        {
            return (null, new CallFailure(
                FailureKind.LogprobsUnsupported,
                "This is an answer of llama.cpp's own /completion with probabilities after sampling, which are not the model's log probs. Use a llama.cpp server of 2025 or later with a base URL that ends in /v1, and leave post_sampling_probs out."));
        }

        return (new ReceivedAnswer(
            LogprobReader.Positions(positions),
            CompletionReader.Text(root, "content") ?? "",
            CompletionReader.Text(root, "stop_type"),
            CompletionReader.Text(root, "model"),
            CompletionReader.Count(root, "tokens_evaluated"),
            CompletionReader.Count(root, "tokens_predicted")), null);
    }

    /// <summary>OpenAI's Responses API: the log probs stand at the parts of the message.</summary>
    private static ReceivedAnswer Responses(JsonElement root, JsonElement output)
    {
        var parts = output.EnumerateArray()
            .Where(item => CompletionReader.Text(item, "type") is null or "message")
            .SelectMany(item => List(item, "content") is { } content ? content.EnumerateArray().ToList() : []).ToList();
        var usage = Property(root, "usage");
        return new ReceivedAnswer(
            [.. parts.SelectMany(part => LogprobReader.Positions(List(part, "logprobs")))],
            string.Concat(parts.Select(part => CompletionReader.Text(part, "text") ?? "")),
            CompletionReader.Text(root, "status"),
            CompletionReader.Text(root, "model"),
            CompletionReader.Count(usage, "input_tokens"),
            CompletionReader.Count(usage, "output_tokens"),
            Thoughts.WereCounted(usage) || output.EnumerateArray().Any(item => CompletionReader.Text(item, "type") == "reasoning"));
    }

    /// <summary>Gemini's generateContent, as it comes over the wire or out of the vendor's Python library.</summary>
    private static ReceivedAnswer Gemini(JsonElement root, JsonElement candidate)
    {
        var found = Either(candidate, "logprobsResult", "logprobs_result");
        var chosen = Either(found, "chosenCandidates", "chosen_candidates");
        var tops = Either(found, "topCandidates", "top_candidates");
        var usage = Either(root, "usageMetadata", "usage_metadata");
        return new ReceivedAnswer(
            LogprobReader.Positions(chosen, position => tops.ValueKind == JsonValueKind.Array && position < tops.GetArrayLength() ? Property(tops[position], "candidates") : default, GeminiToken),
            List(Property(candidate, "content"), "parts") is { } parts ? string.Concat(parts.EnumerateArray().Where(part => Property(part, "thought").ValueKind != JsonValueKind.True).Select(part => CompletionReader.Text(part, "text") ?? "")) : "",
            CompletionReader.Text(candidate, "finishReason") ?? CompletionReader.Text(candidate, "finish_reason"),
            CompletionReader.Text(root, "modelVersion") ?? CompletionReader.Text(root, "model_version"),
            CompletionReader.Count(usage, "promptTokenCount") ?? CompletionReader.Count(usage, "prompt_token_count"),
            CompletionReader.Count(usage, "candidatesTokenCount") ?? CompletionReader.Count(usage, "candidates_token_count"),
            Thoughts.WereCounted(usage));
    }

    /// <summary>Text Generation Inference's /generate with details.</summary>
    private static ReceivedAnswer TextGeneration(JsonElement root, string generated)
    {
        var details = Property(root, "details");
        var tops = Property(details, "top_tokens");
        return new ReceivedAnswer(
            LogprobReader.Positions(Property(details, "tokens"), position => tops.ValueKind == JsonValueKind.Array && position < tops.GetArrayLength() ? tops[position] : default, TextToken),
            generated,
            CompletionReader.Text(details, "finish_reason"),
            null,
            null,
            CompletionReader.Count(details, "generated_tokens"));
    }

    private static TokenLogprob? GeminiToken(JsonElement entry) => LogprobReader.Token(entry, "token", "logProbability") is { LogProbability: not null } token
        ? token
        : LogprobReader.Token(entry, "token", "log_probability");

    private static TokenLogprob? TextToken(JsonElement entry) => LogprobReader.Token(entry, "text", "logprob");

    private static JsonElement Either(JsonElement element, string one, string other) => Property(element, one) is { ValueKind: not JsonValueKind.Undefined } found ? found : Property(element, other);

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement? List(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.Array } list ? list : null;
}
