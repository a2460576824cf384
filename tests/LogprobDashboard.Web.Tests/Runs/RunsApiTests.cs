using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Runs;

/// <summary>What the runs and endpoints pages do, over HTTP.</summary>
public sealed class RunsApiTests(RequestGuardTests.Product product) : IClassFixture<RequestGuardTests.Product>
{
    private HttpClient Client => product.Client;

    [Fact]
    public async Task Cost_OverHttp_IsWhatTheRunThenDoes()
    {
        await using var server = await ScriptedServer.StartForRunsAsync(_ => ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)));
        var experiment = await ExperimentAsync(server.BaseUrl);

        var before = await Client.PostObjectAsync($"/api/experiments/{experiment}/runs/cost", new { });
        var run = (await Client.PostObjectAsync($"/api/experiments/{experiment}/runs", new { }))["runs"]![0]!;
        await Client.WhenEndedAsync(run.Text("id"));
        var after = await Client.PostObjectAsync($"/api/experiments/{experiment}/runs/cost", new { useCache = true });

        Assert.Equal((4, 3, 1, 0), (before.Count("samplesPerVariant"), before.Count("calls"), before.Count("duplicates"), before.Count("fromCache")));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal((0, 4), (after.Count("calls"), after.Count("fromCache")));
        var refused = await Client.PostAsJsonAsync($"/api/experiments/{experiment}/runs/cost", new { sources = new[] { "fax" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Failures_OverHttp_AreGroupedWithTheirMessages()
    {
        await using var server = await ScriptedServer.StartForRunsAsync((_, context) => ScriptedServer.WriteAsync(context, 400, """{"error":{"message":"no such parameter"}}"""));
        var experiment = await ExperimentAsync(server.BaseUrl);
        var run = (await Client.PostObjectAsync($"/api/experiments/{experiment}/runs", new { useCache = false }))["runs"]![0]!;
        await Client.WhenEndedAsync(run.Text("id"));

        var failures = await Client.GetObjectAsync($"/api/runs/{run.Text("id")}/failures");

        var group = Assert.Single(failures["failed"]!.AsArray())!;
        Assert.Equal(("refused", 4), (group.Text("kind"), group.Count("count")));
        Assert.Contains("no such parameter", group["messages"]![0]!.Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/runs/99999/failures")).StatusCode);
    }

    [Fact]
    public async Task Events_OverHttp_AreTheLogThePagesShow_AndTwoWhoPauseAreToldApart()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartForRunsAsync(async (_, context) =>
        {
            await open.Task.WaitAsync(context.RequestAborted);
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)).ToJsonString());
        });
        var experiment = await ExperimentAsync(server.BaseUrl);
        var run = (await Client.PostObjectAsync($"/api/experiments/{experiment}/runs", new { }))["runs"]![0]!.Text("id");

        var both = await Task.WhenAll(Client.PostAsync($"/api/runs/{run}/pause", null), Client.PostAsync($"/api/runs/{run}/pause", null));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(answer => answer.StatusCode).Order());
        var lost = JsonNode.Parse(await both.Single(answer => answer.StatusCode == HttpStatusCode.Conflict).Content.ReadAsStringAsync())!;
        Assert.EndsWith("is paused.", lost.Text("title"), StringComparison.Ordinal);
        open.SetResult();
        await Client.PostObjectAsync($"/api/runs/{run}/resume", new { });
        var ended = await Client.WhenEndedAsync(run);
        var first = await Client.GetObjectAsync($"/api/runs/{run}/events?take=2");
        Assert.Equal("completed", first["items"]![0]!.Text("status"));
        Assert.Equal(ended.Text("statusSince"), first["items"]![0]!.Text("at"));
        var rest = await Client.GetObjectAsync($"/api/runs/{run}/events?cursor={first.Text("nextCursor")}");
        Assert.Contains(rest["items"]!.AsArray(), entry => entry!["message"]?.GetValue<string>() == "4 samples to ask.");
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/runs/99999/events")).StatusCode);
    }

    [Fact]
    public async Task Presets_OverHttp_NameEveryServer()
    {
        var presets = (await Client.GetFromJsonAsync<JsonArray>("/api/endpoints/presets"))!;

        Assert.Equal(
            ["OpenAI", "Azure OpenAI", "Ollama", "vLLM", "llama.cpp", "LM Studio", "OpenRouter", "Together", "Fireworks", "xAI", "DeepSeek", "Mistral", "Built-in demo model"],
            presets.Select(preset => preset!.Text("name")));
        Assert.Equal("maxCompletionTokens", presets[0]!.Text("outputLimitField"));
    }

    [Fact]
    public async Task Test_OverHttp_SavedAndUnsaved_SaysWhatCameBack()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)));
        var endpoint = await Client.PostObjectAsync("/api/endpoints", new { name = "t", baseUrl = server.BaseUrl, model = "m" });

        var saved = await Client.PostObjectAsync($"/api/endpoints/{endpoint.Text("id")}/test", new { });
        var unsaved = await Client.PostObjectAsync("/api/endpoints/test", new { name = "t", baseUrl = server.BaseUrl, model = "m" });

        Assert.True(saved["ok"]!.GetValue<bool>());
        Assert.Equal(2, saved.Count("alternatives"));
        Assert.Equal("Yes", unsaved["topLogprobs"]![0]!.Text("label"));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.PostAsync("/api/endpoints/99999/test", null)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Client.PostAsJsonAsync("/api/endpoints/test", new { name = "t" })).StatusCode);
    }

    private async Task<string> ExperimentAsync(string baseUrl)
    {
        var dataset = await Client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes($"text,label\none {baseUrl},spam\ntwo,ham\ntwo,ham\nthree,spam\n"));
        var endpoint = await Client.PostObjectAsync("/api/endpoints", new { name = "scripted", baseUrl, model = "m" });
        var experiment = await Client.PostObjectAsync("/api/experiments", new { name = "e", datasetId = dataset.Text("id"), endpointId = endpoint.Text("id"), labels = new object[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } } });
        await Client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/variants", new { name = "only", user = "{{ text }}" });
        return experiment.Text("id");
    }
}
