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
    private readonly TemporaryDirectory _directory = new();
    private readonly CircuitCount _count = new();

    public CircuitsProduct()
    {
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    public int OpenCircuits => _count.Open;

    /// <summary>One experiment with one recorded run over <paramref name="samples"/> samples.</summary>
    /// <returns>The addresses of the pages that show it.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(int samples)
    {
        using var client = CreateClient();
        var random = new Random(7);
        var rows = new StringBuilder("text,label\n");
        var answers = new StringBuilder();
        for (var index = 0; index < samples; index++)
        {
            var isSpam = random.NextDouble() < 0.2;
            var logOdds = (isSpam ? 2 : -2) + (2 * random.NextDouble()) - 1;
            var (yes, no) = (-Math.Log(1 + Math.Exp(-logOdds)), -Math.Log(1 + Math.Exp(logOdds)));
            rows.Append(CultureInfo.InvariantCulture, $"message {index} about {random.Next()},{(isSpam ? "spam" : "ham")}\n");
            answers.Append(CultureInfo.InvariantCulture, $$"""{"index":{{index}},"topLogprobs":[{"token":"spam","logprob":{{yes}}},{"token":"ham","logprob":{{no}}}]}""").Append('\n');
        }

        var dataset = await PostAsync(client, "/api/datasets", File("rows.csv", rows.ToString()));
        var experiment = await PostAsync(client, "/api/experiments", JsonContent.Create(new { name = "Large", datasetId = (string)dataset["id"]! }));
        var id = (string)experiment["id"]!;
        await PostAsync(client, $"/api/experiments/{id}/runs/import", File("answers.jsonl", answers.ToString(), ("name", "recorded")));
        return [$"/experiments/{id}/compare", $"/experiments/{id}/outliers"];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("LogprobDashboard:DataDirectory", _directory.Path);
        builder.UseSetting("LogprobDashboard:CreateDemoExperiment", "false");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureServices(services => services.AddSingleton<CircuitHandler>(_count));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _directory.Dispose();
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
