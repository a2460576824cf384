using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>What a probe says of a server.</summary>
public sealed class EndpointProbesTests : IDisposable
{
    private static readonly (string, double?)[] Fine = [("Yes", -0.2), ("No", -1.8), ("Maybe", -4)];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Probe_OfAnHonestServer_IsFineInThreeCalls()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(Fine));

        var probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", TopLogprobs: 3));

        Assert.True(probe is { Ok: true, Logprobs: true, TemperatureScalesLogprobs: false, Deterministic: true, Problem: null, TokenLimitHonoured: true, Passing: false }, probe.Problem);
        Assert.Equal((3, 3, "scripted-served", "Yes", FirstPosition.Answer, 3), (probe.TopLogprobs, probe.AskedTopLogprobs, probe.Model, probe.FirstToken, probe.FirstPosition, probe.Calls));
        Assert.Equal([1, 1, 0], server.Requests.Select(request => request.Body["temperature"]!.GetValue<double>()));
        Assert.Empty(probe.Advice);
        Assert.True(probe.LatencyMs > 0);
    }

    /// <summary>The least that a server can do: the same token whatever is asked.</summary>
    [Fact]
    public async Task Probe_OfTheSimplestServer_IsFine()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("spam", -0.1)));

        var probe = await ProbeAsync(server);

        Assert.True(probe.Ok, probe.Problem);
        Assert.Equal((1, FirstPosition.Other), (probe.TopLogprobs, probe.FirstPosition));
        Assert.Contains(probe.Advice, advice => advice.StartsWith("20 alternatives were asked for and 1 came", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_OfAServerThatDropsLogProbs_CannotServe()
    {
        await using var server = await ScriptedServer.StartAsync(_ => Without(ScriptedServer.Completion(Fine), "logprobs"));

        var probe = await ProbeAsync(server);

        Assert.True(probe is { Ok: false, Logprobs: false, TopLogprobs: 0, Deterministic: null, TemperatureScalesLogprobs: null, Passing: false, Calls: 1 });
        Assert.Contains("leaves them out silently", probe.Problem, StringComparison.Ordinal);
        Assert.Empty(probe.Advice);
    }

    [Fact]
    public async Task Probe_OfAServerThatGivesTheChosenTokenAlone_CannotServe()
    {
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(Fine);
            completion["choices"]![0]!["logprobs"]!["content"]![0]!["top_logprobs"] = new JsonArray();
            return completion;
        });

        Assert.Contains("Only the chosen token has a log prob", (await ProbeAsync(server)).Problem, StringComparison.Ordinal);
    }

    /// <summary>At temperature 0 the chosen token has everything: at 1 the endpoint serves, at 0 it does not.</summary>
    [Theory]
    [InlineData(1, null, true, "leave it at 1")]
    [InlineData(1, 0.0, false, "Set the temperature to 1")]
    [InlineData(2, null, false, "answer tokens (answerTokens) to 1")]
    public async Task Probe_OfAServerThatScales_SaysWhatToSet(int answerTokens, double? temperature, bool ok, string words)
    {
        await using var server = await ScriptedServer.StartAsync(request => request.Body["temperature"]!.GetValue<double>() == 0
            ? ScriptedServer.Completion(("Yes", 0.0), ("No", -9999), ("Maybe", -9999))
            : ScriptedServer.Completion(Fine));

        var probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", TopLogprobs: 3, AnswerTokens: answerTokens, Temperature: temperature));

        Assert.Equal((ok, true), (probe.Ok, probe.TemperatureScalesLogprobs));
        Assert.Contains(words, probe.Problem ?? string.Join(" ", probe.Advice), StringComparison.Ordinal);
    }

    /// <summary>Scaled without being cut off: twice the log odds at half the temperature.</summary>
    [Fact]
    public async Task Probe_OfAServerThatScalesALittle_SeesIt()
    {
        await using var server = await ScriptedServer.StartAsync(request => ScriptedServer.Completion(("Yes", -0.2 + request.Body["temperature"]!.GetValue<double>()), ("No", -1.8)));

        var probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", Temperature: 0.1));

        Assert.True(probe is { Ok: true, TemperatureScalesLogprobs: false }); // 0.1 apart is what equal calls may differ by
        probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", Temperature: 0.19));
        Assert.True(probe is { Ok: true, TemperatureScalesLogprobs: true });
        Assert.Contains(probe.Advice, advice => advice.Contains("Set the temperature to 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_OfAServerThatVaries_SaysByHowMuch()
    {
        var calls = 0;
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.25 - (0.0625 * Interlocked.Increment(ref calls))), ("No", -1.8)));

        var probe = await ProbeAsync(server);

        Assert.True(probe is { Ok: true, Deterministic: false, TemperatureScalesLogprobs: false, Spread: 0.0625 });
        Assert.Contains(probe.Advice, advice => advice.Contains("up to 0.0625 apart", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ġ", FirstPosition.WhiteSpace, "answer tokens (answerTokens) to 3")]
    [InlineData("\n\n", FirstPosition.WhiteSpace, "answer tokens (answerTokens) to 3")]
    [InlineData("<|start_header_id|>", FirstPosition.SpecialToken, "chat template")]
    [InlineData("<｜Assistant｜>", FirstPosition.SpecialToken, "chat template")]
    public async Task Probe_OfAnAnswerThatBeginsWithNoText_SaysWhatToSet(string token, FirstPosition position, string words)
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion((token, -0.01), ("Yes", -5)));

        var probe = await ProbeAsync(server);

        Assert.Equal((true, token, position), (probe.Ok, probe.FirstToken, probe.FirstPosition));
        Assert.Contains(words, string.Join(" ", probe.Advice), StringComparison.Ordinal);
    }

    /// <summary>Two findings whose usual advices contradict each other.</summary>
    [Fact]
    public async Task Probe_OfWhiteSpaceFirstWhereTheTemperatureScales_DoesNotAdviseMoreTokens()
    {
        await using var server = await ScriptedServer.StartAsync(request => request.Body["temperature"]!.GetValue<double>() == 0
            ? ScriptedServer.Completion(("\n", 0.0), ("Yes", -9999))
            : ScriptedServer.Completion(("\n", -0.1), ("Yes", -3)));

        var probe = await ProbeAsync(server);

        Assert.True(probe is { Ok: true, TemperatureScalesLogprobs: true, FirstPosition: FirstPosition.WhiteSpace });
        Assert.DoesNotContain("(answerTokens) to 3", string.Join(" ", probe.Advice), StringComparison.Ordinal);
        Assert.Contains("end the prompt so that the label itself comes first", string.Join(" ", probe.Advice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<think>")]
    [InlineData("<|channel|>")]
    public async Task Probe_OfAModelThatThinksFirst_CannotServe(string token)
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion((token, 0.0), ("Okay", -12)));

        var probe = await ProbeAsync(server);

        Assert.Equal((false, FirstPosition.Reasoning), (probe.Ok, probe.FirstPosition));
        Assert.Contains("Turn its thinking off", probe.Problem, StringComparison.Ordinal);
    }

    /// <summary>Thoughts that used up the limit: no answer, no log probs, and the reason is not that the server knows none.</summary>
    [Fact]
    public async Task Probe_OfAModelThatThinksBesideTheAnswer_SaysSo()
    {
        await using var silent = await ScriptedServer.StartAsync(_ =>
        {
            var completion = Without(ScriptedServer.Completion(Fine), "logprobs");
            completion["choices"]![0]!["message"] = new JsonObject { ["content"] = "", ["reasoning_content"] = "First, the user asks" };
            return completion;
        });
        await using var open = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(Fine);
            completion["usage"]!["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 300 };
            return completion;
        });

        Assert.Contains("The model thinks before it answers", (await ProbeAsync(silent)).Problem, StringComparison.Ordinal);
        var probe = await ProbeAsync(open);
        Assert.True(probe.Ok);
        Assert.Contains("Turn its thinking off", string.Join(" ", probe.Advice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutputLimitField.MaxTokens, "max_completion_tokens", "(outputLimitField) to maxCompletionTokens")]
    [InlineData(OutputLimitField.MaxCompletionTokens, "max_tokens", "(outputLimitField) to maxTokens")]
    [InlineData(OutputLimitField.MaxTokens, "num_predict", "Neither max_tokens nor max_completion_tokens")]
    public async Task Probe_OfAServerThatWritesOn_NamesTheFieldThatStopsIt(OutputLimitField field, string known, string words)
    {
        await using var server = await ScriptedServer.StartAsync(request => ScriptedServer.Completion(Enumerable.Repeat(Fine, request.Body.ContainsKey(known) ? 1 : 40)));

        var probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", OutputLimitField: field));

        Assert.True(probe is { Ok: true, TokenLimitHonoured: false, Calls: 4 });
        Assert.Contains("wrote 40 tokens where 1 was the limit", string.Join(" ", probe.Advice), StringComparison.Ordinal);
        Assert.Contains(words, string.Join(" ", probe.Advice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_OfAServerThatRefusesSoManyAlternatives_SaysHowManyWork()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Body["top_logprobs"]!.GetValue<int>() > 5
            ? ScriptedServer.WriteAsync(context, 400, """{"object":"error","message":"Cannot request more than 5 logprobs.","code":400}""")
            : ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(Fine).ToJsonString()));

        var probe = await ProbeAsync(server);

        Assert.True(probe is { Ok: false, Logprobs: true, TopLogprobs: 3, Kind: FailureKind.LogprobsUnsupported, Passing: false });
        Assert.StartsWith("The server refuses 20 alternatives; when 5 were asked for, 3 came. Set the top log probs (topLogprobs) to 5", probe.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, FailureKind.Unauthorized, false, 1)]
    [InlineData(404, FailureKind.NotFound, false, 1)]
    [InlineData(429, FailureKind.RateLimited, true, 1)]
    [InlineData(503, FailureKind.ServerError, true, 3)]
    public async Task Probe_ThatFails_TellsWhetherItMayPass(int status, FailureKind kind, bool passing, int calls)
    {
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, status, "{}"));

        var probe = await ProbeAsync(server);

        Assert.Equal((false, kind, passing, calls, null), (probe.Ok, probe.Kind, probe.Passing, probe.Calls, probe.LatencyMs));
        Assert.NotNull(probe.Problem);
    }

    [Fact]
    public async Task Probe_AnsweredAfterABrokenBody_IsFine()
    {
        var calls = 0;
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, 200, Interlocked.Increment(ref calls) == 1 ? "{\"choices\":[" : ScriptedServer.Completion(Fine).ToJsonString()));

        Assert.True((await ProbeAsync(server)).Ok);
    }

    [Fact]
    public async Task Probe_WhereTheTemperatureIsTakenOut_DoesNotJudgeIt()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(Fine));

        var probe = await ProbeAsync(server, new EndpointInput("a", server.BaseUrl, "m", ExtraBody: new JsonObject { ["temperature"] = null }));

        Assert.True(probe is { Ok: true, TemperatureScalesLogprobs: null, Calls: 2 });
        Assert.All(server.Requests, request => Assert.False(request.Body.ContainsKey("temperature")));
    }

    private static JsonObject Without(JsonObject completion, string field)
    {
        completion["choices"]![0]!.AsObject().Remove(field);
        return completion;
    }

    /// <summary>As it is typed, not saved.</summary>
    private async Task<EndpointProbe> ProbeAsync(ScriptedServer server, EndpointInput? input = null)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        return await harness.Get<EndpointProbes>().ProbeAsync(input ?? new EndpointInput("a", server.BaseUrl, "m"), null, CancellationToken.None);
    }
}
