using System.Text;
using System.Text.Json;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Web.Tests.Hosting;
using LogprobDashboard.Workbench.Compare;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Web.Tests.Compare;

/// <summary>Every cell that the compare page shows leads to as many samples as stand in it, on the page and over HTTP.</summary>
public sealed class CellAddressTests : IAsyncLifetime
{
    private static readonly string[] Labels = ["spam", "ham", "news"];
    private readonly ProductHost _host = ProductHost.Start();
    private HttpClient _client = null!;
    private string _experiment = "";

    public async Task InitializeAsync()
    {
        var random = new Random(8);
        _client = _host.Client();
        var truths = Enumerable.Range(0, 150).Select(_ => Labels[random.Next(3)]).ToList();
        var rows = string.Concat(truths.Select((label, index) => JsonSerializer.Serialize(new { text = $"message {index}", label, lang = index % 3 == 0 ? "de, +at" : "en" }) + "\n"));
        var dataset = await _client.UploadAsync("rows.jsonl", Encoding.UTF8.GetBytes(rows));
        _experiment = (await _client.PostObjectAsync("/api/experiments", new { name = "e", datasetId = dataset.Text("id"), labels = Labels.Select(name => new { name }), positiveLabel = "spam" })).Text("id");
        var lines = string.Concat(truths.Select((label, index) => Line(index, random.NextDouble() < 0.12 ? null : label, random)));
        await _client.UploadToAsync($"/api/experiments/{_experiment}/runs/import", "run.jsonl", Encoding.UTF8.GetBytes(lines), ("name", "a"));
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        _host.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("?threshold=0.5", 0)]
    [InlineData("?rule=rate:0&by=lang&slice=de%2C%20%2Bat", 0)]
    [InlineData("?by=lang&slice=en&abstain=1", 1)]
    [InlineData("?judging=holdout&holdout=0.3&seed=3&positive=news", 0)]
    [InlineData("?judging=folds&seed=2&rule=recall:0.5&by=lang&slice=en", 0)]
    [InlineData("?judging=holdout&abstain=1.05", 1)]
    public async Task Cells_OfAComparePage_LeadToAsManySamplesAsTheyCount(string address, int leastAbstained)
    {
        var query = QueryHelpers.ParseQuery(address);
        var state = CompareState.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null);
        var view = await _host.Services.GetRequiredService<CompareQueries>().ViewAsync(_experiment, state.ToRequest(), CancellationToken.None);
        var run = Assert.Single(view.Runs);
        Assert.Equal(state.ToRequest().Scope, view.Scope);
        Assert.True(run.Abstained >= leastAbstained);

        var outcomes = ConfusionWords.Of(view, run, run.Judged!);
        var confusion = Enumerable.Range(0, 3).SelectMany(truth => ConfusionWords.Row(view, run.RunId, run.Confusion!, truth)).ToList();

        Assert.Equal(6, outcomes.Count); // unscorable ones of either side
        Assert.Equal(run.Scored + run.Unscorable, confusion.Sum(cell => cell.Count));
        foreach (var cell in outcomes.Concat(confusion).Where(cell => cell.Count > 0))
            Assert.Equal((cell.Words, cell.Count, cell.Count), (cell.Words, await ListedAsync(cell.Address!), await TotalAsync(cell.Address!)));
    }

    private async Task<int> ListedAsync(string address)
    {
        var query = QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]);
        var state = OutliersState.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null);
        return (await _host.Services.GetRequiredService<LogprobDashboard.Workbench.Outliers.OutliersQueries>().ViewAsync(_experiment, state.ToRequest(), CancellationToken.None)).Listed;
    }

    private async Task<int> TotalAsync(string address) => (await _client.GetObjectAsync("/api" + address)).Count("total");

    private static string Line(int index, string? label, Random random)
    {
        var masses = Labels.Select(name => (label == name ? 0.5 : 0) + random.NextDouble()).ToList();
        var tokens = label is null ? ["Perhaps"] : Labels;
        return JsonSerializer.Serialize(new { index, topLogprobs = tokens.Select((token, at) => new { token, logprob = Math.Log(masses[at] / masses.Sum()) }) }) + "\n";
    }
}
