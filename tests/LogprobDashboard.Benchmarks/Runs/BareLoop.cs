using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>What the least possible client does: asks every prompt over one HttpClient, reads the answers with System.Text.Json, and keeps nothing but a count.</summary>
internal static class BareLoop
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] args)
    {
        var url = new Uri(Options.Text(args, "--url") + "/chat/completions");
        var (samples, concurrency) = (Options.Number(args, "--samples", 20_000), Options.Number(args, "--concurrency", 64));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1024 });
        await AskAsync(client, url, samples, 2000, concurrency); // warm
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var alternatives = await AskAsync(client, url, 0, samples, concurrency);
        var elapsed = watch.Elapsed;
        if (alternatives != 20L * samples)
            throw new InvalidOperationException($"Read {alternatives} alternatives.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare {samples / elapsed.TotalSeconds:F1} {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / samples:F1}"));
        return 0;
    }

    private static async Task<long> AskAsync(HttpClient client, Uri url, int first, int count, int concurrency)
    {
        var alternatives = 0L;
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (index, stop) =>
        {
            var request = new
            {
                Model = "m",
                Messages = new[] { new { Role = "system", Content = Messages.System }, new { Role = "user", Content = Messages.Question + Messages.Of(index) } },
                MaxTokens = 1,
                Temperature = 1,
                Logprobs = true,
                TopLogprobs = 20,
            };
            using var response = await client.PostAsJsonAsync(url, request, Wire, stop);
            response.EnsureSuccessStatusCode();
            var completion = (await response.Content.ReadFromJsonAsync<Completion>(Wire, stop))!;
            Interlocked.Add(ref alternatives, completion.Choices[0].Logprobs.Content[0].TopLogprobs.Count);
        });
        return alternatives;
    }

    private sealed record Completion(IReadOnlyList<Choice> Choices, [property: JsonPropertyName("usage")] Usage Usage);

    private sealed record Choice(Message Message, Logprobs Logprobs, string FinishReason);

    private sealed record Message(string Content);

    private sealed record Logprobs(IReadOnlyList<Position> Content);

    private sealed record Position(string Token, double Logprob, IReadOnlyList<int> Bytes, IReadOnlyList<Token> TopLogprobs);

    private sealed record Token([property: JsonPropertyName("token")] string Text, double Logprob, IReadOnlyList<int> Bytes);

    private sealed record Usage(int PromptTokens, int CompletionTokens);
}
