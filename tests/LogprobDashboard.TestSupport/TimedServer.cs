using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LogprobDashboard.TestSupport;

/// <summary>One request, when it came, and when its answer had been sent; null while it is under way or where the asker was gone before. Times in milliseconds on the server's own clock.</summary>
public sealed class TimedRequest(string prompt, double arrived)
{
    public string Prompt => prompt;

    public double Arrived => arrived;

    public double? Answered { get; set; }
}

/// <summary>A server that takes a while for each answer, drawn with a seed, and remembers when each request came and when its answer went.</summary>
public sealed class TimedServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<TimedRequest> _requests = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Random _random;
    private readonly (int From, int To) _milliseconds;
    private ScriptedServer _server = null!;
    private int _inFlight;

    private TimedServer((int From, int To) milliseconds, int seed) => (_milliseconds, _random) = (milliseconds, new Random(seed));

    /// <summary>Ends in /v1.</summary>
    public string BaseUrl => _server.BaseUrl;

    public int InFlight => Volatile.Read(ref _inFlight);

    public IReadOnlyCollection<TimedRequest> Requests => _requests;

    public int Answers => _requests.Count(request => request.Answered is not null);

    public double Now => Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    public static async Task<TimedServer> StartAsync((int From, int To) milliseconds, int seed)
    {
        var timed = new TimedServer(milliseconds, seed);
        timed._server = await ScriptedServer.StartAsync(timed.HandleAsync);
        return timed;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(ReceivedRequest request, HttpContext context)
    {
        var timed = new TimedRequest(request.Prompt, Now);
        _requests.Enqueue(timed);
        Interlocked.Increment(ref _inFlight);
        try
        {
            int wait;
            lock (_random)
                wait = _random.Next(_milliseconds.From, _milliseconds.To + 1);
            await Task.Delay(wait, context.RequestAborted);
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)).ToJsonString());
            await context.Response.CompleteAsync();
            timed.Answered = Now;
        }
        catch (OperationCanceledException)
        {
            // The asker was killed.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
