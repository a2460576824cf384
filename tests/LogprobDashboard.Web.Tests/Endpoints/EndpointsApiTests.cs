using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.DemoModel;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Endpoints;

public sealed class EndpointsApiTests
{
    /// <summary>The names of the record are fixed.</summary>
    [Fact]
    public async Task Probe_OfTheDemoModel_AnswersTheRecordAndKeepsIt()
    {
        await using var host = ProductHost.Start();
        using var client = host.Client();
        var endpoint = await client.PostObjectAsync("/api/endpoints", new { name = "demo", baseUrl = DemoModelEndpoints.BasePath, model = DemoChatCompletions.ModelName, promptTokenPrice = 0.5 });
        Assert.Null(endpoint["probe"]);
        Assert.Equal(0.5, endpoint.Number("promptTokenPrice"));

        var probe = await client.PostObjectAsync($"/api/endpoints/{endpoint.Text("id")}/probe", new { });

        Assert.True(probe["ok"]!.GetValue<bool>(), probe.ToJsonString());
        Assert.True(probe["logprobs"]!.GetValue<bool>());
        Assert.InRange(probe.Count("topLogprobs"), 2, 20);
        Assert.Equal(("demo-ngram", "answer"), (probe.Text("model"), probe.Text("firstPosition")));
        Assert.True(probe.Number("latencyMs") > 0);
        Assert.False(probe["temperatureScalesLogprobs"]!.GetValue<bool>());
        Assert.True(probe["deterministic"]!.GetValue<bool>());
        Assert.True(probe["tokenLimitHonoured"]!.GetValue<bool>());
        Assert.Null(probe["problem"]);
        Assert.NotNull(probe["advice"]!.AsArray());
        Assert.False(probe.ContainsKey("asked"));
        var kept = await client.GetObjectAsync($"/api/endpoints/{endpoint.Text("id")}");
        Assert.True(JsonNode.DeepEquals(probe, kept["probe"]));
    }

    [Fact]
    public async Task Probe_OfWhatIsNotThere_SaysSo()
    {
        await using var host = ProductHost.Start();
        using var client = host.Client();
        var endpoint = await client.PostObjectAsync("/api/endpoints", new { name = "nobody", baseUrl = "http://127.0.0.1:9/v1", model = "m" });

        var probe = await client.PostObjectAsync($"/api/endpoints/{endpoint.Text("id")}/probe", new { });

        Assert.False(probe["ok"]!.GetValue<bool>());
        Assert.Contains("127.0.0.1:9 cannot be reached", probe.Text("problem"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/api/endpoints/77/probe", null)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync("/api/endpoints/probe", new { name = "a", baseUrl = "nope", model = "m" })).StatusCode);
        Assert.Null((await client.GetObjectAsync($"/api/endpoints/{endpoint.Text("id")}"))["probe"]); // it may be there tomorrow
    }
}
