using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Start;

public sealed class StartApiTests
{
    /// <summary>Two labels that begin alike, and more than one letter can tell apart: the demo model answers both kinds of codes, and they are read.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    public async Task Start_OverHttpWithLetterCodes_RunsAndIsReadAsLabels(int labels)
    {
        await using var host = ProductHost.Start();
        using var client = host.Client();
        var rows = string.Concat(Enumerable.Range(0, labels * 2).Select(row => $"please see to ticket {row},account kind {row % labels:00}\n"));
        var dataset = (await client.UploadAsync("tickets.csv", Encoding.UTF8.GetBytes("text,label\n" + rows))).Text("id");
        var endpoint = await DemoEndpointAsync(client);
        var suggestions = await client.PostObjectAsync("/api/experiments/suggestions", new { datasetId = dataset });
        Assert.Contains(suggestions["proposed"]!["warnings"]!.AsArray(), warning => warning!.Text("code") == "labelWordsAlike");
        var coded = suggestions["withLetterCodes"]!;
        Assert.Empty(coded["warnings"]!.AsArray());

        var draft = await client.PostObjectAsync("/api/experiments/drafts", new { datasetId = dataset });
        var content = draft["content"]!.AsObject();
        (content["labels"], content["endpointId"], content["step"]) = (coded["labels"]!.DeepClone(), endpoint, "prompt");
        var saved = await client.PutAsJsonAsync($"/api/experiments/drafts/{draft.Text("id")}", new { content, version = draft.Count("version") });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var stale = await client.PutAsJsonAsync($"/api/experiments/drafts/{draft.Text("id")}", new { content, version = draft.Count("version") });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var made = await client.PostObjectAsync($"/api/experiments/drafts/{draft.Text("id")}/create", new { run = true });

        var run = await client.WhenEndedAsync(made["runIds"]!.AsArray()[0]!.GetValue<string>());
        Assert.Equal(("completed", 0, 0), (run.Text("status"), run.Count("failed"), run.Count("unscorable")));
        var results = (await client.GetObjectAsync($"/api/runs/{run.Text("id")}/results"))["items"]!.AsArray();
        Assert.All(results, result => Assert.True(result!.Number("coverage") > 0.5, result!.ToJsonString()));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/experiments/drafts/{draft.Text("id")}")).StatusCode);
    }

    [Fact]
    public async Task Draft_NotComplete_AnswersEveryProblemByItsField()
    {
        await using var host = ProductHost.Start();
        using var client = host.Client();
        var draft = await client.PostObjectAsync("/api/experiments/drafts", new { });

        var answer = await client.PostAsJsonAsync($"/api/experiments/drafts/{draft.Text("id")}/create", new { });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsObject();
        Assert.Equal(["datasetId", "labels", "name"], errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/experiments/drafts/{draft.Text("id")}")).StatusCode);
    }

    /// <summary>The demo endpoint is made in the background of the first start.</summary>
    private static async Task<string> DemoEndpointAsync(HttpClient client)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 600 && await timer.WaitForNextTickAsync(); tries++)
        {
            if ((await client.GetObjectAsync("/api/endpoints"))["items"]!.AsArray() is [{ } endpoint, ..])
                return endpoint.Text("id");
        }

        throw new TimeoutException("There is no demo endpoint.");
    }
}
