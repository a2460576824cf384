using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.TestSupport;

/// <summary>One request as it came over the wire.</summary>
public sealed record ReceivedRequest(string Path, string? Authorization, JsonObject Body)
{
    /// <summary>All messages' texts, joined.</summary>
    public string Prompt => string.Join("\n", Body["messages"]!.AsArray().Select(message => message!["content"]!.GetValue<string>()));

    /// <summary>Whether it is the question by which the product finds out what an endpoint can do, before the first run there.</summary>
    public bool IsProbe => Prompt.Contains("Begin with exactly one word, Yes or No", StringComparison.Ordinal);
}

/// <summary>An OpenAI-compatible server on a real socket of this machine that answers what a test says.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private int _inFlight;
    private int _mostInFlight;

    private readonly bool _answersProbes;

    private ScriptedServer(WebApplication app, bool answersProbes) => (_app, _answersProbes) = (app, answersProbes);

    /// <summary>Ends in /v1.</summary>
    public string BaseUrl => _app.Urls.First() + "/v1";

    public IReadOnlyCollection<ReceivedRequest> Requests => _requests;

    public int MostInFlight => _mostInFlight;

    public static Task<ScriptedServer> StartAsync(Func<ReceivedRequest, HttpContext, Task> answer) => StartAsync(answer, answersProbes: false);

    private static async Task<ScriptedServer> StartAsync(Func<ReceivedRequest, HttpContext, Task> answer, bool answersProbes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new ScriptedServer(app, answersProbes);
        app.Run(context => server.HandleAsync(context, answer));
        await app.StartAsync();
        return server;
    }

    /// <summary>A server that answers every request with a body made of it.</summary>
    public static Task<ScriptedServer> StartAsync(Func<ReceivedRequest, JsonNode> answer) =>
        StartAsync((request, context) => WriteAsync(context, 200, answer(request).ToJsonString()));

    /// <summary>A server for runs at an endpoint that was never probed: probes are answered as a good server would, and are not among the requests.</summary>
    public static Task<ScriptedServer> StartForRunsAsync(Func<ReceivedRequest, HttpContext, Task> answer) =>
        StartAsync(answer, answersProbes: true);

    /// <summary>The same, answering every request but probes with a body made of it.</summary>
    public static Task<ScriptedServer> StartForRunsAsync(Func<ReceivedRequest, JsonNode> answer) =>
        StartForRunsAsync((request, context) => WriteAsync(context, 200, answer(request).ToJsonString()));

    public static async Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    /// <summary>A chat completion of one position; the first alternative is the chosen token.</summary>
    public static JsonObject Completion(params (string Token, double? Logprob)[] top) => Completion([top]);

    /// <summary>A chat completion of several positions; at each the first alternative is the chosen token.</summary>
    public static JsonObject Completion(IEnumerable<(string Token, double? Logprob)[]> positions)
    {
        var all = positions.ToList();
        return new JsonObject
        {
            ["id"] = "chatcmpl-scripted",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "scripted-served",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = string.Concat(all.Select(top => top[0].Token)) },
                ["logprobs"] = new JsonObject { ["content"] = new JsonArray([.. all.Select(Position)]) },
                ["finish_reason"] = "length",
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = all.Count, ["total_tokens"] = 10 + all.Count },
        };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static JsonNode Position((string Token, double? Logprob)[] top)
    {
        var position = Entry(top[0]);
        position["top_logprobs"] = new JsonArray([.. top.Select(entry => (JsonNode)Entry(entry))]);
        return position;
    }

    private static JsonObject Entry((string Token, double? Logprob) entry) => new() { ["token"] = entry.Token, ["logprob"] = entry.Logprob };

    private async Task HandleAsync(HttpContext context, Func<ReceivedRequest, HttpContext, Task> answer)
    {
        var body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        var request = new ReceivedRequest(context.Request.Path, context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null, body);
        if (_answersProbes && request.IsProbe)
        {
            await WriteAsync(context, 200, Completion(("Yes", -0.2), ("No", -1.8)).ToJsonString());
            return;
        }

        _requests.Enqueue(request);
        var now = Interlocked.Increment(ref _inFlight);
        InterlockedMax(ref _mostInFlight, now);
        try
        {
            await answer(request, context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
