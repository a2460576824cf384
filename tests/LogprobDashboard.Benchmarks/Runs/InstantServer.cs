using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>
/// An OpenAI-compatible server that answers at once, or after a given time, with answers of the size that real servers send: 20 alternatives with their bytes.
/// They are made beforehand, and a prompt always gets the same one, so that the server costs as little as it can.
/// </summary>
internal static class InstantServer
{
    private const int Answers = 64;

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> ServeAsync(string[] args)
    {
        var latency = TimeSpan.FromMilliseconds(Options.Number(args, "--latency", 0));
        var bodies = Enumerable.Range(0, Answers).Select(Body).ToArray();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Options.Number(args, "--port", 0)}"));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var seen = new Seen();
        app.Run(context => context.Request.Path == "/seen" ? context.Response.WriteAsJsonAsync(seen.Report()) : AnswerAsync(context, bodies, latency, seen));
        await app.StartAsync();
        Console.WriteLine($"listening {app.Urls.First()}/v1");
        if (Console.IsInputRedirected)
            while (await Console.In.ReadLineAsync() is not null)
                await Task.Yield(); // ends with the one who started it
        else
            await app.WaitForShutdownAsync();
        await app.StopAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, byte[][] bodies, TimeSpan latency, Seen requests)
    {
        requests.Add();
        var seen = 0u;
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            foreach (var part in read.Buffer)
            {
                foreach (var letter in part.Span)
                    seen = (seen * 31) + letter;
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        if (latency > TimeSpan.Zero)
            await Task.Delay(latency);
        var body = bodies[(seen ^ (seen >> 13)) % Answers];
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body);
    }

    private static byte[] Body(int seed)
    {
        string[] words = ["Yes", "No", " Yes", " No", "yes", "no", "YES", "NO", "Spam", "Ham", "The", "This", "I", "It", "Not", "**", "Answer", "\n", "Unknown", "Maybe"];
        if (seed % 5 != 0)
            (words[0], words[1]) = (words[1], words[0]);
        var top = words.Select((word, rank) => new Alternative(word, -0.05 - (rank * (1.1 + (seed * 0.01))), [.. Encoding.UTF8.GetBytes(word).Select(value => (int)value)])).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Id = "chatcmpl-Bk3v0000000000000000000000000",
                Object = "chat.completion",
                Created = 1_790_000_000,
                Model = "instant-2026",
                Choices = new[]
                {
                    new
                    {
                        Index = 0,
                        Message = new { Role = "assistant", Content = top[0].Token, Refusal = (string?)null, Annotations = Array.Empty<string>() },
                        Logprobs = new { Content = new[] { new { top[0].Token, top[0].Logprob, top[0].Bytes, TopLogprobs = top } }, Refusal = (string?)null },
                        FinishReason = "length",
                    },
                },
                Usage = new { PromptTokens = 62, CompletionTokens = 1, TotalTokens = 63 },
                SystemFingerprint = "fp_0000000000",
            },
            Wire);
    }

    /// <summary>How many requests came, and over what time.</summary>
    private sealed class Seen
    {
        private long _first;
        private long _last;
        private int _count;

        public void Add()
        {
            var now = Stopwatch.GetTimestamp();
            Interlocked.CompareExchange(ref _first, now, 0);
            Interlocked.Increment(ref _count);
            Interlocked.Exchange(ref _last, now);
        }

        public object Report() => new { Count = _count, Seconds = Stopwatch.GetElapsedTime(_first, _last).TotalSeconds };
    }

    private sealed record Alternative(string Token, double Logprob, int[] Bytes);
}
