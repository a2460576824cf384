using System.Globalization;
using System.Text;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Outliers;

/// <summary>A program with one experiment whose two runs are read by every test of a class, and changed by none.</summary>
public sealed class TwoRunsOfFourRows : IAsyncLifetime
{
    private readonly ProductHost _host = ProductHost.Start();

    public HttpClient Client { get; private set; } = null!;

    public string Experiment { get; private set; } = "";

    public string First { get; private set; } = "";

    public string Second { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Client = _host.Client();
        var dataset = await Client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes("text,label,lang\nfirst of all the messages,spam,en\n\"second, with a comma\",ham,de\nthe third of the messages,ham,en\nfour,spam,de\n"));
        Experiment = (await Client.PostObjectAsync("/api/experiments", new { name = "e", datasetId = dataset.Text("id"), labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } } })).Text("id");
        First = await ImportAsync("a", 0.9, 0.6, 0.2, 0.55);
        Second = await ImportAsync("b", 0.8, 0.1, 0.3, 0.45);
    }

    public Task DisposeAsync()
    {
        Client.Dispose();
        _host.Dispose();
        return Task.CompletedTask;
    }

    private async Task<string> ImportAsync(string name, params double[] spam)
    {
        var lines = string.Concat(spam.Select((p, index) => $$"""{"index":{{index}},"topLogprobs":[{"token":"Yes","logprob":{{Log(p)}}},{"token":"No","logprob":{{Log(1 - p)}}}]}""" + "\n"));
        return (await Client.UploadToAsync($"/api/experiments/{Experiment}/runs/import", "run.jsonl", Encoding.UTF8.GetBytes(lines), ("name", name))).Text("id");
    }

    private static string Log(double probability) => Math.Log(probability).ToString("R", CultureInfo.InvariantCulture);
}
