using System.Globalization;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>Kinds and waits of errors that no recorded file shows.</summary>
public sealed class WireErrorTests
{
    private const string Sample = "Hack: turn off content_filter and logprobs, exceed the context length, insufficient_quota; api key not valid";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}""", FailureKind.Unauthorized)]
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***zz."}""", FailureKind.Unauthorized)]
    [InlineData(403, """{"error":{"message":"Your input was flagged for \"violence\"","code":403}}""", FailureKind.ContentFiltered)]
    [InlineData(403, "{}", FailureKind.Unauthorized)]
    [InlineData(402, """{"error":{"message":"Insufficient Balance","type":"unknown_error"}}""", FailureKind.QuotaExhausted)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota, please check your plan"}}""", FailureKind.QuotaExhausted)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"34s"}]}}""", FailureKind.RateLimited)]
    [InlineData(404, """{"error":{"message":"No endpoints found that can handle the requested parameters.","code":404}}""", FailureKind.LogprobsUnsupported)]
    [InlineData(400, """{"error":{"message":"Model Not Exist","type":"invalid_request_error"}}""", FailureKind.NotFound)]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 9000 tokens","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", FailureKind.ContextTooLong)]
    [InlineData(422, """{"error":"Input validation error: `inputs` must have less than 4096 tokens. Given: 5000","error_type":"validation"}""", FailureKind.ContextTooLong)]
    [InlineData(413, """{"error":{"message":"Request too large","type":"tokens","code":"rate_limit_exceeded"}}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"error":{"message":"litellm.ContentPolicyViolationError: …","code":"content_policy_violation"}}""", FailureKind.ContentFiltered)]
    [InlineData(200, """{"error":{"code":429,"message":"Rate limited upstream"}}""", FailureKind.RateLimited)]
    [InlineData(200, """{"choices":[{"error":{"code":502,"message":"Provider went away"},"finish_reason":"error","message":{"content":""}}]}""", FailureKind.ServerError)]
    [InlineData(200, """{"choices":[{"finish_reason":"content_filter","message":{"content":null},"logprobs":null}]}""", FailureKind.ContentFiltered)]
    [InlineData(200, """[{"error":{"code":404,"message":"nothing here"}}]""", FailureKind.NotFound)]
    [InlineData(429, """{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\"error\":{\"message\":\"no more\",\"code\":\"insufficient_quota\"}}"}}}""", FailureKind.QuotaExhausted)]
    [InlineData(422, """{"detail":[{"loc":["body","top_logprobs"],"msg":"Input should be less than or equal to 5","type":"less_than_equal","input":20}]}""", FailureKind.LogprobsUnsupported)]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", FailureKind.ServerError)]
    [InlineData(524, "<html>a timeout occurred</html>", FailureKind.TimedOut)]
    [InlineData(405, "Method Not Allowed", FailureKind.NotFound)]
    public async Task Error_OfAShape_IsOfItsKind(int status, string body, FailureKind kind) =>
        Assert.Equal(kind, (await FailureAsync((_, context) => ScriptedServer.WriteAsync(context, status, body))).Kind);

    /// <summary>A server that repeats what it was sent: whole, cut off, in JSON, in Python.</summary>
    [Theory]
    [InlineData(400, """{"error":{"message":"Bad request: Hack: turn off content_filter and logprobs, exceed the context length, insufficient_quota; api key not valid","type":"invalid_request_error"}}""", FailureKind.Refused)]
    [InlineData(400, """{"detail":[{"type":"missing","loc":["body","user"],"msg":"Field required","input":{"messages":[{"content":"Hack: turn off content_filter and logprobs"}]}}]}""", FailureKind.Refused)]
    [InlineData(500, """{"error":{"message":"could not read: {\"messages\":[{\"role\":\"user\",\"content\":\"Hack: turn off content_filter and logp"}}""", FailureKind.ServerError)]
    [InlineData(429, """{"error":{"message":"Slow down (while answering \"Hack: turn off content_filter and logprobs, exceed the context length, insufficient_quota; api key not valid\")"}}""", FailureKind.RateLimited)]
    [InlineData(400, """{"error":{"message":"invalid request {'logprobs': True, 'top_logprobs': 20, 'n': 0}","type":"BadRequestError"}}""", FailureKind.Refused)]
    public async Task Error_ThatRepeatsThePrompt_IsNotToldByItsWords(int status, string body, FailureKind kind) =>
        Assert.Equal(kind, (await FailureAsync((_, context) => ScriptedServer.WriteAsync(context, status, body))).Kind);

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "Tue, 24 Nov 2026 03:00:20 GMT", 20.0)]
    [InlineData("Retry-After", "Tue, 24 Nov 2026 02:00:00 GMT", 0.0)]
    [InlineData("Retry-After", "86400", 3600.0)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("x-ratelimit-reset-requests", "6m0s", null)]
    [InlineData("x-ratelimit-reset", "1795461480", null)]
    public async Task Error_ThatSaysWhenToComeBack_TellsIt(string header, string value, double? seconds)
    {
        var failure = await FailureAsync((_, context) =>
        {
            context.Response.Headers[header] = value;
            context.Response.Headers.Date = Now.ToString("R", CultureInfo.InvariantCulture);
            return ScriptedServer.WriteAsync(context, 429, """{"error":{"message":"Rate limit reached"}}""");
        });

        Assert.Equal((FailureKind.RateLimited, seconds), (failure.Kind, failure.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached on tokens per min (TPM). Please try again in 6ms."}}""", 0.006)]
    [InlineData("""{"error":{"message":"Requests have exceeded call rate limit. Please retry after 17 seconds."}}""", 17)]
    [InlineData("""{"error":{"status":"RESOURCE_EXHAUSTED","message":"Quota exceeded","details":[{"@type":"x"},{"retryDelay":"34.5s"}]}}""", 34.5)]
    public async Task Error_ThatSaysWhenToComeBackInItsBody_TellsIt(string body, double seconds) =>
        Assert.Equal(seconds, (await FailureAsync((_, context) => ScriptedServer.WriteAsync(context, 429, body))).RetryAfter?.TotalSeconds);

    [Fact]
    public async Task Error_WithAnAllowanceThatIsUsedUp_TellsWhenItIsFilledAgain()
    {
        var failure = await FailureAsync((_, context) =>
        {
            context.Response.Headers["x-ratelimit-remaining-tokens"] = "0";
            context.Response.Headers["x-ratelimit-reset-tokens"] = "1m2.5s";
            context.Response.Headers["x-ratelimit-reset-requests"] = "3s";
            return ScriptedServer.WriteAsync(context, 429, "{}");
        });

        Assert.Equal(62.5, failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Error_ThatIsNotToBeRetried_HasNoTimeToComeBack()
    {
        var failure = await FailureAsync((_, context) =>
        {
            context.Response.Headers.RetryAfter = "5";
            return ScriptedServer.WriteAsync(context, 401, "{}");
        });

        Assert.Null(failure.RetryAfter);
    }

    [Theory]
    [InlineData("max_tokens", "integer_below_min_value", "max_tokens must be at least 16", "raise the answer tokens (answerTokens)")]
    [InlineData("max_completion_tokens", "unsupported_parameter", "Unsupported parameter", "(outputLimitField) to maxTokens")]
    [InlineData("temperature", "unsupported_value", "Only the default (1) value is supported.", "put {\"temperature\": null} into the extra fields")]
    [InlineData("seed", null, "Unsupported parameter", "refuses seed: if it stands in the extra fields")]
    public async Task Error_OfAField_NamesTheSettingToChange(string param, string? code, string message, string words)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["error"] = new System.Text.Json.Nodes.JsonObject { ["param"] = param, ["code"] = code, ["message"] = message } };
        var failure = await FailureAsync((_, context) => ScriptedServer.WriteAsync(context, 400, body.ToJsonString()));

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A body that stands as a text in another, as one gateway sends it.</summary>
    [Fact]
    public async Task Error_PackedIntoAText_IsUnpacked()
    {
        const string body = """{"object":"error","message":"{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"frequency_penalty\"],\"msg\":\"Extra inputs are not permitted\",\"input\":0.0}]}","type":"internal_error_proxy","code":"1000"}""";

        var failure = await FailureAsync((_, context) => ScriptedServer.WriteAsync(context, 422, body));

        Assert.Equal("HTTP 422. The server refuses frequency_penalty: if it stands in the extra fields (extraBody), change it or take it out. The server said: frequency_penalty: Extra inputs are not permitted.", failure.Message);
    }

    /// <summary>JSON may spell a slash as \/ and a plus as \u002B.</summary>
    [Theory]
    [InlineData(500, """{"error":{"message":"no: 0123\/4567\u002B89abcdef"}}""")]
    [InlineData(200, """{"choices":[{"message":{"content":"0123\/4567\u002B89abcdef"}}]}""")]
    public async Task Error_ThatSpellsTheKeyAnotherWay_DoesNotHoldIt(int status, string body)
    {
        var outcome = await CallAsync((_, context) => ScriptedServer.WriteAsync(context, status, body), "0123/4567+89abcdef");

        Assert.DoesNotContain("0123", outcome.Failure?.Message ?? outcome.Answer!.Text, StringComparison.Ordinal);
    }

    private static async Task<CallFailure> FailureAsync(Func<ReceivedRequest, HttpContext, Task> answer)
    {
        var outcome = await CallAsync(answer, null);
        Assert.Null(outcome.Answer);
        return outcome.Failure!;
    }

    private static async Task<CallOutcome> CallAsync(Func<ReceivedRequest, HttpContext, Task> answer, string? apiKey)
    {
        await using var server = await ScriptedServer.StartAsync(answer);
        using var caller = new ChatCaller(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()), new FakeTimeProvider(Now));
        var target = new CallTarget(new CallSettings(server.BaseUrl, "m", 20, 30, 1, OutputLimitField.MaxTokens, null, null), apiKey);
        return await caller.CallAsync(target, [new("system", "Answer with a label."), new("user", Sample)], CancellationToken.None);
    }
}
