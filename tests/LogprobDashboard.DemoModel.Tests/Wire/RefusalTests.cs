using System.Text;
using System.Text.Json.Nodes;

namespace LogprobDashboard.DemoModel.Tests.Wire;

public sealed class RefusalTests
{
    private const string Prompt = "Is this spam? Answer Yes or No.\n\nMessage: hello\n\nAnswer:";

    public static TheoryData<string, string?, int, string?, string?> Fields => new()
    {
        { "top_logprobs", "21", 400, "top_logprobs", "integer_above_max_value" },
        { "top_logprobs", "-1", 400, "top_logprobs", "integer_below_min_value" },
        { "top_logprobs", "\"5\"", 400, "top_logprobs", "invalid_type" },
        { "top_logprobs", "2.5", 400, "top_logprobs", "invalid_type" },
        { "logprobs", "false", 400, "top_logprobs", null },
        { "logprobs", "5", 400, "logprobs", "invalid_type" },
        { "max_tokens", "0", 400, "max_tokens", "integer_below_min_value" },
        { "max_completion_tokens", "-3", 400, "max_completion_tokens", "integer_below_min_value" },
        { "max_tokens", "\"all\"", 400, "max_tokens", "invalid_type" },
        { "temperature", "2.5", 400, "temperature", "decimal_above_max_value" },
        { "temperature", "-1", 400, "temperature", "decimal_below_min_value" },
        { "temperature", "\"hot\"", 400, "temperature", "invalid_type" },
        { "seed", "\"x\"", 400, "seed", "invalid_type" },
        { "n", "2", 400, "n", "unsupported_value" },
        { "n", "0", 400, "n", "integer_below_min_value" },
        { "stream", "true", 400, "stream", "unsupported_value" },
        { "stream", "1", 400, "stream", "invalid_type" },
        { "model", "\"gpt-4o\"", 404, "model", "model_not_found" },
        { "model", "7", 400, "model", "invalid_type" },
        { "model", null, 400, "model", "missing_required_parameter" },
        { "messages", null, 400, "messages", "missing_required_parameter" },
        { "messages", "[]", 400, "messages", "empty_array" },
        { "messages", "\"hello\"", 400, "messages", "invalid_type" },
        { "messages", "[5]", 400, "messages[0]", "invalid_type" },
        { "messages", "[{\"content\":\"x\"}]", 400, "messages[0].role", "missing_required_parameter" },
        { "messages", "[{\"role\":\"user\"}]", 400, "messages[0].content", "missing_required_parameter" },
        { "messages", "[{\"role\":\"robot\",\"content\":\"x\"}]", 400, "messages[0].role", "invalid_value" },
        { "messages", "[{\"role\":\"user\",\"content\":5}]", 400, "messages[0].content", "invalid_type" },
        { "messages", "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]", 400, "messages[0].content", "unsupported_value" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Request_WithNonsense_IsRefusedInOpenAiShape(string field, string? value, int status, string? param, string? code)
    {
        var request = value is null ? Chat.Request(Prompt).Without(field) : Chat.Request(Prompt).With(field, JsonNode.Parse(value));

        var (actual, json) = Chat.Send(request);

        var error = json.GetProperty("error");
        Assert.Equal(status, actual);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("hello")]
    [InlineData("{\"model\":\"demo-ngram\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d\"}]}")]
    public void Body_ThatIsNoJsonObject_IsRefused(string body)
    {
        var (status, json) = Chat.Send(Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, status);
        Assert.StartsWith("We could not parse the JSON body", json.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public void Body_InAnotherEncoding_IsRefused() => Assert.Equal(400, Chat.Send(Encoding.Latin1.GetBytes(Chat.Request("é").ToJsonString().Replace("\\u00E9", "é", StringComparison.Ordinal))).Status);

    [Fact]
    public void Body_TooLong_IsRefused() => Assert.Equal(413, Chat.Send(new byte[DemoChatCompletions.MaxRequestBytes + 1]).Status);

    [Fact]
    public void TopLogprobs_WithoutLogprobs_IsRefused()
    {
        var (status, json) = Chat.Send(Chat.Request(Prompt).Without("logprobs"));

        Assert.Equal(400, status);
        Assert.Equal("top_logprobs", json.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public void Fields_Unknown_AreIgnored() => Assert.Equal(200, Chat.Send(Chat.Request(Prompt).With("guided_choice", new JsonArray("Yes", "No"))).Status);
}
