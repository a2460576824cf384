using System.Text;
using System.Text.Json;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>How a line of recorded log probs names its sample.</summary>
internal enum SampleNaming
{
    Index,
    Id,
    BatchId,
    Text,
}

/// <summary>
/// One line of recorded log probs: <c>{index | id | text, response: {chat completion}}</c>, <c>{…, topLogprobs: [{token, logprob}]}</c>,
/// or a line of a batch job's output, <c>{custom_id, response: {status_code, body}, error}</c>.
/// </summary>
internal sealed record RecordedLine(SampleNaming Naming, string Name, ReceivedAnswer? Answer, CallFailure? Failure)
{
    /// <exception cref="UserErrorException">The line is not JSON, names no sample, or holds no answer.</exception>
    public static RecordedLine Parse(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw Wrong(number, "is no JSON object");
            var (naming, name) = Sample(root, number);
            var (answer, failure) = Outcome(root, number);
            return new RecordedLine(naming, name, answer, failure);
        }
        catch (JsonException exception)
        {
            throw Wrong(number, $"is not JSON (byte {exception.BytePositionInLine + 1})");
        }
    }

    public static UserErrorException Wrong(long number, string what) => new(
        UserErrorKind.Impossible,
        FormattableString.Invariant($"Line {number} {what}."),
        "A line is {\"index\" or \"id\" or \"text\": …, \"response\": {chat completion}} or {…, \"topLogprobs\": [{\"token\", \"logprob\"}]}, or a line of a batch job's output. Nothing was imported.");

    private static (SampleNaming, string) Sample(JsonElement root, long number)
    {
        if (CompletionReader.Text(root, "custom_id") is { } custom)
            return (SampleNaming.BatchId, custom);
        if (root.TryGetProperty("index", out var index) && index.ValueKind == JsonValueKind.Number)
            return (SampleNaming.Index, index.GetRawText());
        if (CompletionReader.Text(root, "id") is { } id)
            return (SampleNaming.Id, id);
        return CompletionReader.Text(root, "text") is { } text ? (SampleNaming.Text, text) : throw Wrong(number, "names no sample");
    }

    private static (ReceivedAnswer?, CallFailure?) Outcome(JsonElement root, long number)
    {
        if (root.TryGetProperty("topLogprobs", out var list) && LogprobReader.Tokens(list) is { Count: > 0 } tokens)
        {
            var chosen = tokens.MaxBy(token => token.LogProbability ?? double.NegativeInfinity)!;
            return (new ReceivedAnswer([new AnswerPosition(chosen, tokens)], chosen.Token, null, null, null, null), null);
        }

        if (root.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object)
        {
            if (!response.TryGetProperty("body", out var body))
                return CompletionReader.Read(response);
            var status = response.TryGetProperty("status_code", out var code) && code.TryGetInt32(out var value) ? value : 200;
            return status is >= 200 and < 300 ? CompletionReader.Read(body) : (null, WireError.Read((System.Net.HttpStatusCode)status, null, Encoding.UTF8.GetBytes(body.GetRawText())));
        }

        return root.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null
            ? (null, WireError.Read(System.Net.HttpStatusCode.OK, null, Encoding.UTF8.GetBytes(root.GetRawText())))
            : throw Wrong(number, "holds no answer");
    }
}
