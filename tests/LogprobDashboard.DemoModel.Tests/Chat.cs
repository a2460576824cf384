using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogprobDashboard.DemoModel.Tests;

/// <summary>Asks the demo model as a client would: JSON out, JSON in.</summary>
internal static class Chat
{
    public static readonly DemoChatCompletions Completions = new();

    public static JsonObject Request(params (string Role, string Content)[] messages) => new()
    {
        ["model"] = DemoChatCompletions.ModelName,
        ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]),
        ["max_tokens"] = 1,
        ["logprobs"] = true,
        ["top_logprobs"] = 20,
    };

    public static JsonObject Request(string user) => Request(("user", user));

    public static JsonObject With(this JsonObject request, string field, JsonNode? value)
    {
        request[field] = value;
        return request;
    }

    public static JsonObject Without(this JsonObject request, string field)
    {
        request.Remove(field);
        return request;
    }

    public static (int Status, JsonElement Json) Send(JsonNode request) => Send(JsonSerializer.SerializeToUtf8Bytes(request));

    public static (int Status, JsonElement Json) Send(byte[] request)
    {
        var response = Completions.Answer(request);
        return (response.StatusCode, JsonDocument.Parse(response.Json).RootElement);
    }

    public static JsonElement Choice(JsonNode request)
    {
        var (status, json) = Send(request);
        Assert.True(status == 200, json.ToString());
        return json.GetProperty("choices")[0];
    }

    public static IReadOnlyList<IReadOnlyList<(string Token, double Logprob)>> Positions(JsonNode request) =>
        [.. Choice(request).GetProperty("logprobs").GetProperty("content").EnumerateArray().Select(position => (IReadOnlyList<(string, double)>)[.. position
            .GetProperty("top_logprobs").EnumerateArray().Select(token => (token.GetProperty("token").GetString()!, token.GetProperty("logprob").GetDouble()))])];

    /// <summary>The probability of a label word at the first position, in any case and with a space before it or not; 0 where it is not listed.</summary>
    public static double Probability(JsonNode request, string word) =>
        Positions(request)[0].Where(token => string.Equals(token.Token.Trim(), word, StringComparison.OrdinalIgnoreCase)).Sum(token => Math.Exp(token.Logprob));

    public static string Answer(JsonNode request) => Choice(request).GetProperty("message").GetProperty("content").GetString()!;
}
