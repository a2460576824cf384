using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>The product in its process, driven over its HTTP API as a script would.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ChildProcess _process;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(10) };
    private string _experiment = "";

    private Product() => _process = ChildProcess.StartAsProduct("serve-product", "--data", _directory.Path);

    public int ProcessId => _process.Id;

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    public double DatabaseMegabytes => Directory.EnumerateFiles(_directory.Path, "*.db*").Sum(file => new FileInfo(file).Length) / 1e6;

    /// <summary>Started, with one experiment over <paramref name="samples"/> messages and an endpoint of <paramref name="concurrency"/> calls at once.</summary>
    public static async Task<Product> StartAsync(string modelUrl, int samples, int concurrency)
    {
        var product = new Product();
        product._client.BaseAddress = new Uri(await product._process.ReadAsync("listening "));
        await product.FillAsync(modelUrl, samples, concurrency);
        return product;
    }

    /// <summary>Managed, resident and private memory after a collection, in megabytes.</summary>
    public async Task<(double Managed, double Resident, double Private)> MemoryAsync()
    {
        var parts = (await _process.AskAsync("memory", "memory ")).Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToList();
        return (parts[0], parts[1], parts[2]);
    }

    public async Task<string> StartRunAsync(int? limit = null, bool useCache = true)
    {
        var runs = await PostAsync($"/api/experiments/{_experiment}/runs", JsonContent.Create(new { limit, useCache }));
        return (string)runs["runs"]![0]!["id"]!;
    }

    /// <summary>Asks four times a second, as a page would, until the run has <paramref name="completed"/> answers, or has ended.</summary>
    public async Task<JsonNode> WhenAsync(string run, int completed = int.MaxValue)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await timer.WaitForNextTickAsync())
        {
            var now = (await _client.GetFromJsonAsync<JsonNode>(new Uri($"/api/runs/{run}", UriKind.Relative)))!;
            var status = (string)now["status"]!;
            if (status is "failed" or "cancelled" or "paused")
                throw new InvalidOperationException($"The run is {status}: {now["problem"]}");
            if (status == "completed" || (int)now["completed"]! >= completed)
                return now;
        }

        throw new InvalidOperationException("The timer ended.");
    }

    /// <summary>Seconds that the run took by its own record.</summary>
    public static double Seconds(JsonNode run) => ((DateTimeOffset)run["finishedAt"]! - (DateTimeOffset)run["startedAt"]!).TotalSeconds;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private async Task FillAsync(string modelUrl, int samples, int concurrency)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Messages.Csv(samples))), "file", "messages.csv" } };
        var dataset = await PostAsync("/api/datasets", form);
        var endpoint = await PostAsync("/api/endpoints", JsonContent.Create(new { name = "instant", baseUrl = modelUrl, model = "m", maxConcurrency = concurrency }));
        var experiment = await PostAsync("/api/experiments", JsonContent.Create(new
        {
            name = "Benchmark",
            datasetId = (string)dataset["id"]!,
            endpointId = (string)endpoint["id"]!,
            labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } },
        }));
        _experiment = (string)experiment["id"]!;
        await PostAsync($"/api/experiments/{_experiment}/variants", JsonContent.Create(new { name = "plain", system = Messages.System, user = Messages.Question + "{{ text }}" }));
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException($"{path}: {body}");
    }
}
