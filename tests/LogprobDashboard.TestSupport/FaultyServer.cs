using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LogprobDashboard.TestSupport;

/// <summary>A scripted server that fails on purpose, and keeps count: which prompts it gave a whole answer to, and which faults it made.</summary>
public sealed class FaultyServer : IAsyncDisposable
{
    private const int DripBytes = 97;
    private static readonly TimeSpan DripPause = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Fault, int> _faults = new();
    private readonly Func<int, Fault> _script;
    private readonly Func<ReceivedRequest, JsonObject> _answer;
    private ScriptedServer _server = null!;
    private int _calls;
    private int _busy;

    private FaultyServer(Func<int, Fault> script, Func<ReceivedRequest, JsonObject> answer) => (_script, _answer) = (script, answer);

    /// <summary>Ends in /v1.</summary>
    public string BaseUrl => _server.BaseUrl;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whether it is about to send something. One that stalls is not.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>How many whole answers went out, by prompt.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>How many faults were made, by kind.</summary>
    public int Made(Fault fault) => _faults.GetValueOrDefault(fault);

    /// <param name="script">The fault for the n-th call, from 1.</param>
    /// <param name="answer">What it answers otherwise.</param>
    public static async Task<FaultyServer> StartAsync(Func<int, Fault> script, Func<ReceivedRequest, JsonObject>? answer = null)
    {
        var faulty = new FaultyServer(script, answer ?? (_ => ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4))));
        faulty._server = await ScriptedServer.StartAsync(faulty.HandleAsync);
        return faulty;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(ReceivedRequest request, HttpContext context)
    {
        var fault = _script(Interlocked.Increment(ref _calls));
        if (fault != Fault.None)
            _faults.AddOrUpdate(fault, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _busy);
        var busy = true;
        try
        {
            if (fault == Fault.Silence || fault == Fault.Stall)
            {
                if (fault == Fault.Stall)
                    await SendHalfAsync(request, context);
                Interlocked.Decrement(ref _busy);
                busy = false;
                await UntilGivenUpAsync(context);
                return;
            }

            await SendAsync(fault, request, context);
            if (fault.IsAnswered())
                _answers.AddOrUpdate(request.Prompt, 1, (_, count) => count + 1);
        }
        finally
        {
            if (busy)
                Interlocked.Decrement(ref _busy);
        }
    }

    private async Task SendAsync(Fault fault, ReceivedRequest request, HttpContext context)
    {
        var completion = _answer(request);
        var response = context.Response;
        switch (fault)
        {
            case Fault.RateLimited:
                await ScriptedServer.WriteAsync(context, 429, """{"error":{"message":"Too many requests.","type":"requests"}}""");
                break;
            case Fault.RateLimitedForASecond:
                response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
                await ScriptedServer.WriteAsync(context, 429, """{"error":{"message":"Too many requests.","type":"requests"}}""");
                break;
            case Fault.ServerError:
                await ScriptedServer.WriteAsync(context, 500, """{"error":{"message":"CUDA out of memory"}}""");
                break;
            case Fault.HangUp:
                await SendHalfAsync(request, context);
                context.Abort();
                break;
            case Fault.Garbage:
                await ScriptedServer.WriteAsync(context, 200, "\u0001\u0002<html>no json at all");
                break;
            case Fault.TruncatedJson:
                var text = completion.ToJsonString();
                await ScriptedServer.WriteAsync(context, 200, text[..(text.Length / 2)]);
                break;
            case Fault.NoLogprobs:
                completion["choices"]![0]!["logprobs"] = null;
                await ScriptedServer.WriteAsync(context, 200, completion.ToJsonString());
                break;
            case Fault.WrongContentType:
                response.ContentType = "text/html; charset=utf-8";
                await response.WriteAsync(completion.ToJsonString());
                break;
            case Fault.SlowDrip:
                await DripAsync(completion, context);
                break;
            default:
                await ScriptedServer.WriteAsync(context, 200, completion.ToJsonString());
                break;
        }
    }

    private async Task SendHalfAsync(ReceivedRequest request, HttpContext context)
    {
        var bytes = Encoding.UTF8.GetBytes(_answer(request).ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
    }

    private static async Task DripAsync(JsonObject completion, HttpContext context)
    {
        var bytes = Encoding.UTF8.GetBytes(completion.ToJsonString());
        context.Response.ContentType = "application/json";
        using var pause = new PeriodicTimer(DripPause);
        foreach (var piece in bytes.Chunk(DripBytes))
        {
            await context.Response.Body.WriteAsync(piece);
            await context.Response.Body.FlushAsync();
            await pause.WaitForNextTickAsync(context.RequestAborted);
        }
    }

    private static async Task UntilGivenUpAsync(HttpContext context)
    {
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => givenUp.TrySetResult());
        await givenUp.Task;
    }
}
