using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Layout;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Benchmarks;

/// <summary>The product on a free port of this machine, with its circuits counted.</summary>
internal sealed class CircuitsProduct : WebApplicationFactory<PrerenderHandover>
{
    private readonly TemporaryDirectory? _own;
    private readonly string _directory;
    private readonly CircuitCount _count = new();

    /// <param name="directory">Where the data are, and stay; null is a directory that goes with the product.</param>
    public CircuitsProduct(string? directory = null)
    {
        _own = directory is null ? new TemporaryDirectory() : null;
        _directory = directory ?? _own!.Path;
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    public int OpenCircuits => _count.Open;

    /// <summary>One experiment with recorded runs over <paramref name="samples"/> samples.</summary>
    /// <returns>The addresses of the pages that show it.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(int samples)
    {
        var id = await FillAsync(samples, 1);
        return [$"/experiments/{id}/compare", $"/experiments/{id}/outliers"];
    }

    /// <returns>The experiment's id.</returns>
    public async Task<string> FillAsync(int samples, int runs)
    {
        using var client = CreateClient();
        client.Timeout = TimeSpan.FromMinutes(10);
        var random = new Random(7);
        var isSpam = Enumerable.Range(0, samples).Select(_ => random.NextDouble() < 0.2).ToArray();
        var rows = new StringBuilder("text,label\n");
        for (var index = 0; index < samples; index++)
            rows.Append(CultureInfo.InvariantCulture, $"message {index} about {random.Next()},{(isSpam[index] ? "spam" : "ham")}\n");
        var dataset = await PostAsync(client, "/api/datasets", File("rows.csv", rows.ToString()));
        var experiment = await PostAsync(client, "/api/experiments", JsonContent.Create(new { name = "Large", datasetId = (string)dataset["id"]! }));
        var id = (string)experiment["id"]!;
        for (var run = 1; run <= runs; run++)
            await PostAsync(client, $"/api/experiments/{id}/runs/import", File("answers.jsonl", Answers(isSpam, random), ("name", $"recorded {run}")));
        return id;
    }

    /// <summary>One answer a sample, no two alike.</summary>
    private static string Answers(bool[] isSpam, Random random)
    {
        var answers = new StringBuilder();
        for (var index = 0; index < isSpam.Length; index++)
        {
            var logOdds = (isSpam[index] ? 1 : -1) + (4 * random.NextDouble()) - 2;
            var (yes, no) = (-Math.Log(1 + Math.Exp(-logOdds)), -Math.Log(1 + Math.Exp(logOdds)));
            answers.Append(CultureInfo.InvariantCulture, $$"""{"index":{{index}},"topLogprobs":[{"token":"spam","logprob":{{yes}}},{"token":"ham","logprob":{{no}}}]}""").Append('\n');
        }

        return answers.ToString();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("LogprobDashboard:DataDirectory", _directory);
        builder.UseSetting("LogprobDashboard:CreateDemoExperiment", "false");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureServices(services => services.AddSingleton<CircuitHandler>(_count));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _own?.Dispose();
    }

    private static MultipartFormDataContent File(string name, string content, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        form.Add(new StringContent(content), "file", name);
        return form;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, HttpContent content)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException($"{path}: {body}");
    }

    private sealed class CircuitCount : CircuitHandler
    {
        private int _open;

        public int Open => Volatile.Read(ref _open);

        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _open);
            return Task.CompletedTask;
        }

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Decrement(ref _open);
            return Task.CompletedTask;
        }
    }
}
