using System.Text;
using System.Text.Json.Nodes;

using CsCheck;

using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.DemoModel.Tests.Wire;

public sealed class CompletionTests
{
    private const string Prompt = "Is the following message spam? Answer with Yes or No.\n\nYes: advertising with prizes and links.\nNo: private messages.\n\nMessage: win a prize now\n\nAnswer:";

    [Fact]
    public void Answer_WithLogprobs_HasOpenAiShape()
    {
        var (status, json) = Chat.Send(Chat.Request(Prompt));

        Assert.Equal(200, status);
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.StartsWith("chatcmpl-", json.GetProperty("id").GetString());
        Assert.Equal("demo-ngram", json.GetProperty("model").GetString());
        Assert.StartsWith("fp_", json.GetProperty("system_fingerprint").GetString());
        var choice = Assert.Single(json.GetProperty("choices").EnumerateArray());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("Yes", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        var position = Assert.Single(choice.GetProperty("logprobs").GetProperty("content").EnumerateArray());
        Assert.Equal("Yes", position.GetProperty("token").GetString());
        Assert.Equal(Encoding.UTF8.GetBytes("Yes"), position.GetProperty("bytes").EnumerateArray().Select(value => value.GetByte()));
        Assert.Equal(position.GetProperty("logprob").GetDouble(), position.GetProperty("top_logprobs")[0].GetProperty("logprob").GetDouble());
        var usage = json.GetProperty("usage");
        Assert.Equal(1, usage.GetProperty("completion_tokens").GetInt32());
        Assert.True(usage.GetProperty("prompt_tokens").GetInt32() > 20);
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32() + 1, usage.GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public void Answer_WithTheClockGiven_IsCreatedThen()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

        var response = new DemoChatCompletions(clock).Answer(Encoding.UTF8.GetBytes(Chat.Request(Prompt).ToJsonString()));

        Assert.Equal(1_800_000_000, JsonNode.Parse(response.Json)!["created"]!.GetValue<long>());
    }

    [Fact]
    public void Answer_WithoutLogprobs_HasNullLogprobs()
    {
        var choice = Chat.Choice(Chat.Request(Prompt).Without("logprobs").Without("top_logprobs"));

        Assert.Equal(System.Text.Json.JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void TopLogprobs_AsAsked_ComeSortedAndSumToLessThanOne(int count)
    {
        var top = Chat.Positions(Chat.Request(Prompt).With("top_logprobs", count))[0];

        Assert.Equal(count, top.Count);
        Assert.Equal(top.OrderByDescending(token => token.Logprob), top);
        Assert.Equal(top.Count, top.Select(token => token.Token).Distinct().Count());
        Assert.True(top.Sum(token => Math.Exp(token.Logprob)) < 1);
    }

    [Fact]
    public void Answer_ToAnyText_ListsProbabilities() => Gen.String[0, 200].Sample(text =>
    {
        foreach (var position in Chat.Positions(Chat.Request(Prompt.Replace("win a prize now", Wellformed(text), StringComparison.Ordinal)).With("max_tokens", 4)))
        {
            Assert.Equal(20, position.Count);
            Assert.All(position, token => Assert.InRange(token.Logprob, -100, 0));
            Assert.InRange(position.Sum(token => Math.Exp(token.Logprob)), 0.9, 1);
        }
    }, iter: 300);

    [Fact]
    public void Answer_ToTheSameRequest_IsTheSameFromAnyInstanceAndThread()
    {
        var request = Encoding.UTF8.GetBytes(Chat.Request(Prompt).ToJsonString());
        var clock = new FakeTimeProvider();
        var expected = new DemoChatCompletions(clock).Answer(request).Json;
        var shared = new DemoChatCompletions(clock);
        var answers = new byte[64][];

        Parallel.For(0, answers.Length, i => answers[i] = shared.Answer(request).Json);

        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Theory]
    [InlineData("temperature", 0)]
    [InlineData("temperature", 2)]
    [InlineData("seed", 42)]
    [InlineData("top_p", 0.5)]
    [InlineData("n", 1)]
    [InlineData("stream", false)]
    [InlineData("user", "someone")]
    [InlineData("max_completion_tokens", 3)]
    [InlineData("max_tokens", null)]
    public void SamplingFields_Allowed_ChangeNoLogprob(string field, object? value)
    {
        var plain = Chat.Positions(Chat.Request(Prompt))[0];

        var other = Chat.Positions(Chat.Request(Prompt).With(field, value is null ? null : JsonValue.Create(value)))[0];

        Assert.Equal(plain, other);
    }

    [Fact]
    public void Content_InTextParts_IsReadAsOneText()
    {
        var parts = new JsonArray([.. Prompt.Split("\n\n").Select(part => (JsonNode)new JsonObject { ["type"] = "text", ["text"] = part + "\n" })]);
        var request = Chat.Request(Prompt);
        request["messages"]![0]!["content"] = parts;

        Assert.Equal("Yes", Chat.Answer(request));
    }

    [Fact]
    public void Models_Listed_AreTheDemoModelAlone()
    {
        var models = Chat.Completions.Models();
        var json = JsonNode.Parse(models.Json)!;

        Assert.Equal(200, models.StatusCode);
        Assert.Equal("list", json["object"]!.GetValue<string>());
        var model = Assert.Single(json["data"]!.AsArray())!;
        Assert.Equal("demo-ngram", model["id"]!.GetValue<string>());
        Assert.Equal("model", model["object"]!.GetValue<string>());
        Assert.False(string.IsNullOrEmpty(model["owned_by"]!.GetValue<string>()));
        Assert.Equal(200, Chat.Completions.Models("demo-ngram").StatusCode);
        Assert.Equal(404, Chat.Completions.Models("gpt-4o").StatusCode);
    }

    private static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
