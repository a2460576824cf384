using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class ChatCallerTests
{
    private static readonly PromptMessage[] Messages = [new("system", "Be <b>brief</b> & \"exact\"."), new("user", "a < b & {{ text }} 'c'")];

    [Theory]
    [InlineData(OutputLimitField.MaxTokens, "max_tokens", "max_completion_tokens")]
    [InlineData(OutputLimitField.MaxCompletionTokens, "max_completion_tokens", "max_tokens")]
    public async Task Call_OutputLimitField_IsTheOnlyLimitOnTheWire(OutputLimitField field, string sent, string absent)
    {
        var request = await RequestOfAsync(Settings() with { OutputLimitField = field, AnswerTokens = 3 });

        Assert.Equal(3, request.Body[sent]!.GetValue<int>());
        Assert.False(request.Body.ContainsKey(absent));
    }

    [Fact]
    public async Task Call_AsksForLogProbsAndSendsTheMessagesAsTheyAre()
    {
        var request = await RequestOfAsync(Settings(), "sk-secret-0123456789");

        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal("Bearer sk-secret-0123456789", request.Authorization);
        Assert.True(request.Body["logprobs"]!.GetValue<bool>());
        Assert.Equal(20, request.Body["top_logprobs"]!.GetValue<int>());
        Assert.Equal(1, request.Body["temperature"]!.GetValue<double>());
        Assert.Equal("m", request.Body["model"]!.GetValue<string>());
        Assert.Equal(
            Messages.Select(message => (message.Role, message.Content)),
            request.Body["messages"]!.AsArray().Select(message => (message!["role"]!.GetValue<string>(), message["content"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Call_SeveralAnswerTokens_TakesTheLikeliestPath() =>
        Assert.Equal(0, (await RequestOfAsync(Settings() with { AnswerTokens = 2 })).Body["temperature"]!.GetValue<double>());

    [Fact]
    public async Task Call_WithoutKey_SendsNoAuthorization() => Assert.Null((await RequestOfAsync(Settings())).Authorization);

    [Fact]
    public async Task Call_ExtraBody_AddsReplacesAndTakesOut()
    {
        var extra = new JsonObject { ["guided_choice"] = new JsonArray("Yes", "No"), ["logprobs"] = 1, ["temperature"] = null };

        var request = await RequestOfAsync(Settings() with { ExtraBody = extra });

        Assert.Equal("Yes", request.Body["guided_choice"]![0]!.GetValue<string>());
        Assert.Equal(1, request.Body["logprobs"]!.GetValue<int>());
        Assert.False(request.Body.ContainsKey("temperature"));
    }

    [Fact]
    public async Task Call_LogProbs_KeepEveryBit()
    {
        double[] sent = [-0.054104655981063883, -2.9699809551239014, -1e-300, -13.793692138122559];
        var outcome = await CallAsync((_, context) => ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion([.. sent.Select((value, i) => ($"t{i}", (double?)value))]).ToJsonString()));

        Assert.Equal(sent, outcome.Answer!.Positions[0].TopLogprobs.Select(token => token.LogProbability!.Value));
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-secret-0123456789."}}""", FailureKind.Unauthorized)]
    [InlineData(404, """{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}""", FailureKind.NotFound)]
    [InlineData(429, """{"error":{"message":"Rate limit reached"}}""", FailureKind.RateLimited)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""", FailureKind.QuotaExhausted)]
    [InlineData(400, """{"error":{"message":"logprobs are not supported by this model"}}""", FailureKind.LogprobsUnsupported)]
    [InlineData(400, """[{"error":{"code":400,"message":"Unknown name \"seed\""}}]""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":"content_filter","message":"filtered"}}""", FailureKind.ContentFiltered)]
    [InlineData(500, """{"error":"boom"}""", FailureKind.ServerError)]
    [InlineData(503, "<html>down</html>", FailureKind.ServerError)]
    [InlineData(200, """{"choices":[]}""", FailureKind.Malformed)]
    [InlineData(200, """{"choices":[{"message":{"content":"Yes"}""", FailureKind.Malformed)]
    [InlineData(200, "", FailureKind.Malformed)]
    [InlineData(200, """{"error":{"message":"overloaded"}}""", FailureKind.ServerError)]
    public async Task Call_ServerRefuses_IsAFailureOfAKindWithoutTheKey(int status, string body, FailureKind kind)
    {
        var outcome = await CallAsync((_, context) => ScriptedServer.WriteAsync(context, status, body), apiKey: "sk-secret-0123456789");

        Assert.Null(outcome.Answer);
        Assert.Equal(kind, outcome.Failure!.Kind);
        Assert.DoesNotContain("0123456789", outcome.Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A proxy that echoes the request: in the text, in a token, in an error whose end is cut off.</summary>
    [Fact]
    public async Task Call_ServerEchoesTheKey_NothingHoldsIt()
    {
        const string key = "0123456789abcdef0123456789abcdef";
        var answered = await CallAsync((_, context) => ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion((key, -0.1), ("No", -2)).ToJsonString()), key);
        var failed = await CallAsync((_, context) => ScriptedServer.WriteAsync(context, 500, new string('a', 185) + key), key);

        Assert.DoesNotContain("0123", answered.Answer!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123", answered.Answer.Positions[0].Chosen.Token, StringComparison.Ordinal);
        Assert.DoesNotContain("0123", failed.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CompressedAnswer_IsRead()
    {
        var outcome = await CallAsync(async (_, context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ScriptedServer.Completion(("Yes", -0.1)).ToJsonString()));
        });

        Assert.Equal("Yes", outcome.Answer!.Text);
    }

    [Fact]
    public async Task Call_Redirect_NamesTheAddress()
    {
        var outcome = await CallAsync((_, context) =>
        {
            context.Response.Redirect("/other/v1/chat/completions");
            return Task.CompletedTask;
        });

        Assert.Contains("/other/v1/chat/completions", outcome.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnreachable()
    {
        using var caller = new ChatCaller(NoBuiltIn, TimeProvider.System);

        var outcome = await caller.CallAsync(new CallTarget(Settings() with { BaseUrl = "http://127.0.0.1:9/v1" }, null), Messages, CancellationToken.None);

        Assert.Equal(FailureKind.Unreachable, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task Call_BodyStallsHalfWay_EndsByTheTimeOut()
    {
        var time = new FakeTimeProvider();
        var stalled = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"choices":[""");
            await context.Response.Body.FlushAsync();
            stalled.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var caller = new ChatCaller(NoBuiltIn, time);

        var call = caller.CallAsync(new CallTarget(Settings() with { BaseUrl = server.BaseUrl }, null), Messages, CancellationToken.None);
        await stalled.Task;
        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(FailureKind.TimedOut, (await call).Failure!.Kind);
    }

    [Fact]
    public async Task Call_Stopped_IsCancelledAndNoFailure()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var caller = new ChatCaller(NoBuiltIn, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller.CallAsync(new CallTarget(Settings() with { BaseUrl = server.BaseUrl }, null), Messages, stop.Token));
    }

    private static BuiltInServers NoBuiltIn { get; } = new(new Dictionary<string, Func<HttpMessageHandler>>());

    private static CallSettings Settings() => new("", "m", 20, 30, 1, OutputLimitField.MaxTokens, null, null);

    private static async Task<ReceivedRequest> RequestOfAsync(CallSettings settings, string? apiKey = null)
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        using var caller = new ChatCaller(NoBuiltIn, TimeProvider.System);
        var outcome = await caller.CallAsync(new CallTarget(settings with { BaseUrl = server.BaseUrl }, apiKey), Messages, CancellationToken.None);
        Assert.NotNull(outcome.Answer);
        return Assert.Single(server.Requests);
    }

    private static async Task<CallOutcome> CallAsync(Func<ReceivedRequest, HttpContext, Task> answer, string? apiKey = null)
    {
        await using var server = await ScriptedServer.StartAsync(answer);
        using var caller = new ChatCaller(NoBuiltIn, TimeProvider.System);
        return await caller.CallAsync(new CallTarget(Settings() with { BaseUrl = server.BaseUrl }, apiKey), Messages, CancellationToken.None);
    }
}
