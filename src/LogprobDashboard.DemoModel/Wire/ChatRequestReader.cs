using System.Globalization;
using System.Text.Json;

namespace LogprobDashboard.DemoModel.Wire;

/// <summary>
/// Reads a chat completion request. Fields that change nothing here (temperature, top_p, seed, user, …) are checked where OpenAI checks their
/// range, and ignored; unknown fields are ignored, because clients of other servers send them.
/// </summary>
internal static class ChatRequestReader
{
    public const string Model = "demo-ngram";
    public const int MaxTopLogprobs = 20;

    public static WireError? Read(ReadOnlyMemory<byte> body, out ChatRequest? request)
    {
        request = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, out request);
        }
        catch (JsonException)
        {
            return WireError.Malformed("this is not well-formed JSON in UTF-8");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reads half a surrogate pair (\ud83d alone) in a string only when the string is asked for, and then throws this.
            return WireError.Malformed("a string holds half of a surrogate pair");
        }
    }

    private static WireError? Read(JsonElement body, out ChatRequest? request)
    {
        request = null;
        if (body.ValueKind != JsonValueKind.Object)
            return WireError.Malformed("the body must be a JSON object");

        long maxTokens = int.MaxValue, maxCompletionTokens = int.MaxValue, topLogprobs = 0;
        var logprobs = false;
        var messages = new List<ChatMessage>();
        var error = CheckModel(body)
            ?? ChatMessageReader.Read(body, messages)
            ?? CheckFixedChoices(body)
            ?? JsonFields.ReadInteger(body, "max_tokens", 1, int.MaxValue, ref maxTokens)
            ?? JsonFields.ReadInteger(body, "max_completion_tokens", 1, int.MaxValue, ref maxCompletionTokens)
            ?? JsonFields.ReadBoolean(body, "logprobs", ref logprobs)
            ?? JsonFields.ReadInteger(body, "top_logprobs", 0, MaxTopLogprobs, ref topLogprobs)
            ?? CheckTopLogprobs(body, logprobs)
            ?? CheckSampling(body);
        if (error is not null)
            return error;
        request = new ChatRequest(messages, (int)Math.Min(maxTokens, maxCompletionTokens), logprobs, (int)topLogprobs);
        return null;
    }

    private static WireError? CheckModel(JsonElement body)
    {
        if (!JsonFields.TryGet(body, "model", out var model))
            return new WireError(400, "you must provide a model parameter", "model", "missing_required_parameter");
        if (model.ValueKind != JsonValueKind.String)
            return WireError.WrongType("model", "a string", JsonFields.Describe(model));
        return model.ValueEquals(Model) ? null : WireError.UnknownModel(model.GetString()!);
    }

    private static WireError? CheckFixedChoices(JsonElement body)
    {
        var stream = false;
        long n = 1;
        var error = JsonFields.ReadBoolean(body, "stream", ref stream) ?? JsonFields.ReadInteger(body, "n", 1, 128, ref n);
        if (error is not null)
            return error;
        if (stream)
            return WireError.Unsupported("stream", "true", "It answers in one piece: leave 'stream' out or send false.");
        return n == 1 ? null : WireError.Unsupported("n", n.ToString(CultureInfo.InvariantCulture), "Only the default (1) value is supported.");
    }

    private static WireError? CheckTopLogprobs(JsonElement body, bool logprobs) =>
        !logprobs && JsonFields.TryGet(body, "top_logprobs", out _)
            ? new WireError(400, "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs", null)
            : null;

    private static WireError? CheckSampling(JsonElement body)
    {
        long seed = 0;
        return JsonFields.CheckDecimal(body, "temperature", 0, 2)
            ?? JsonFields.CheckDecimal(body, "top_p", 0, 1)
            ?? JsonFields.ReadInteger(body, "seed", long.MinValue, long.MaxValue, ref seed);
    }
}
