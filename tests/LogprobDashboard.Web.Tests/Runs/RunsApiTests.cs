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
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)));
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
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, 401, """{"error":{"message":"no such key"}}"""));
        var experiment = await ExperimentAsync(server.BaseUrl);
        var run = (await Client.PostObjectAsync($"/api/experiments/{experiment}/runs", new { useCache = false }))["runs"]![0]!;
        await Client.WhenEndedAsync(run.Text("id"));

        var failures = await Client.GetObjectAsync($"/api/runs/{run.Text("id")}/failures");

        var group = Assert.Single(failures["failed"]!.AsArray())!;
        Assert.Equal(("unauthorized", 4), (group.Text("kind"), group.Count("count")));
        Assert.Contains("no such key", group["messages"]![0]!.Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/runs/99999/failures")).StatusCode);
    }

    [Fact]
    public async Task Presets_OverHttp_NameEveryServer()
    {
        var presets = (await Client.GetFromJsonAsync<JsonArray>("/api/endpoints/presets"))!;

        Assert.Equal(
            ["OpenAI", "Azure OpenAI", "Ollama", "vLLM", "llama.cpp", "LM Studio", "OpenRouter", "Together", "Fireworks", "DeepSeek", "Mistral", "Built-in demo model"],
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
