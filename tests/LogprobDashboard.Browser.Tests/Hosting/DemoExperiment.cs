using System.Net.Http.Json;
using System.Text.Json;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>An experiment that the program makes at its first start, as the HTTP API tells it.</summary>
internal sealed record DemoExperiment(string Id, string Name, IReadOnlyList<DemoExperiment.Run> Runs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public string Address => $"/experiments/{Id}/compare";

    /// <summary>The one with so many labels. Waits until its runs are finished: they are made in the background.</summary>
    public static async Task<DemoExperiment> FinishedAsync(HttpClient client, int labels = 2)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            var experiments = await client.GetFromJsonAsync<JsonElement>("/api/experiments", patience.Token);
            foreach (var experiment in Items(experiments).Where(item => item.GetProperty("labels").GetArrayLength() == labels))
            {
                var id = Text(experiment, "id");
                var runs = Items(await client.GetFromJsonAsync<JsonElement>($"/api/experiments/{id}/runs", patience.Token)).ToList();
                if (runs.Count > 1 && runs.All(run => Text(run, "status") == "completed"))
                    return new DemoExperiment(id, Text(experiment, "name"), [.. runs.Select(run => new Run(Text(run, "id"), Text(run, "name")))]);
            }
        }
        while (await pause.WaitForNextTickAsync(patience.Token));
        throw new InvalidOperationException($"There is no finished demo experiment with {labels} labels.");
    }

    public static async Task<IReadOnlyList<Run>> RunsOfAsync(HttpClient client, string experimentId) =>
        [.. Items(await client.GetFromJsonAsync<JsonElement>($"/api/experiments/{experimentId}/runs")).Select(run => new Run(Text(run, "id"), Text(run, "name")))];

    /// <summary>Every point of a run's precision-recall curve.</summary>
    public static async Task<IReadOnlyList<Point>> CurveAsync(HttpClient client, string runId)
    {
        var curve = await client.GetFromJsonAsync<JsonElement>($"/api/runs/{runId}/curve?kind=pr");
        return [.. curve.GetProperty("points").EnumerateArray().Select(point => new Point(
            point.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } threshold ? threshold.GetDouble() : null,
            point.GetProperty("precision").GetDouble(),
            point.GetProperty("recall").GetDouble()))];
    }

    private static IEnumerable<JsonElement> Items(JsonElement list) =>
        (list.ValueKind == JsonValueKind.Array ? list : list.TryGetProperty("items", out var items) ? items : list.GetProperty("runs")).EnumerateArray();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    public sealed record Run(string Id, string Name);

    public sealed record Point(double? Threshold, double Precision, double Recall);
}
