using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>What every call has in common: errors that a person can act on, ids, paging, the description.</summary>
public sealed class HttpApiTests(RequestGuardTests.Product product) : IClassFixture<RequestGuardTests.Product>
{
    private HttpClient Client => product.Client;

    [Theory]
    [InlineData("GET", "/api/datasets/999")]
    [InlineData("GET", "/api/datasets/nonsense")]
    [InlineData("GET", "/api/endpoints/-1")]
    [InlineData("GET", "/api/experiments/999999999999999999999")]
    [InlineData("GET", "/api/runs/x/metrics")]
    [InlineData("GET", "/api/runs/7/results?format=csv")]
    [InlineData("POST", "/api/runs/7/cancel")]
    [InlineData("DELETE", "/api/runs/7")]
    [InlineData("GET", "/api/nothing-here")]
    [InlineData("GET", "/api/v2")]
    public async Task Call_UnknownThing_IsNotFoundWithWhatToDo(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        await HoldProblemAsync(await Client.SendAsync(request), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/endpoints", "{")]
    [InlineData("/api/endpoints", "")]
    [InlineData("/api/endpoints", """{"name": 3}""")]
    [InlineData("/api/endpoints", """{"name":"a","baseUrl":"http://x/v1","model":"m","outputLimitField":"tokens"}""")]
    [InlineData("/api/endpoints", """{"name":"a","baseUrl":"http://x/v1","model":"m","outputLimitField":1}""")]
    [InlineData("/api/experiments", "[]")]
    public async Task Call_MalformedBody_IsBadRequest(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await HoldProblemAsync(await Client.PostAsync(path, content), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Call_WrongMethod_SaysSo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/datasets");

        await HoldProblemAsync(await Client.SendAsync(request), HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/api/datasets")]
    [InlineData("/api/endpoints")]
    public async Task Call_WrongContentType_SaysWhatToSend(string path)
    {
        using var content = new StringContent("text", Encoding.UTF8, "text/plain");

        await HoldProblemAsync(await Client.PostAsync(path, content), HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/api/endpoints?take=0")]
    [InlineData("/api/endpoints?take=1001")]
    [InlineData("/api/endpoints?take=many")]
    [InlineData("/api/endpoints?cursor=x")]
    [InlineData("/api/datasets?take=0")]
    public async Task List_BadPaging_IsBadRequest(string path) => await HoldProblemAsync(await Client.GetAsync(path), HttpStatusCode.BadRequest);

    [Fact]
    public async Task List_Paged_GivesEveryItemOnce()
    {
        for (var i = 0; i < 5; i++)
            await Client.PostObjectAsync("/api/endpoints", new { name = $"paged {i}", baseUrl = "http://127.0.0.1:9/v1", model = "m" });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Client.GetObjectAsync($"/api/endpoints?take=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page["items"]!.AsArray().Select(item => item!.Text("id")));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        var all = (await Client.GetObjectAsync("/api/endpoints?take=1000"))["items"]!.AsArray().Select(item => item!.Text("id"));
        Assert.Equal(all, seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Validation_ListsTheFields()
    {
        var response = await Client.PostAsJsonAsync("/api/endpoints", new { baseUrl = "nope" });

        var problem = await HoldProblemAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["baseUrl", "model", "name"], problem["errors"]!.AsObject().Select(pair => pair.Key).Order());
    }

    [Fact]
    public async Task Health_IsHealthy() => Assert.Equal("healthy", (await Client.GetObjectAsync("/health")).Text("status"));

    [Fact]
    public async Task OpenApi_DescribesEveryCall()
    {
        var paths = (await Client.GetObjectAsync("/openapi/v1.json"))["paths"]!.AsObject();

        string[] expected =
        [
            "/api/datasets", "/api/datasets/{id}", "/api/datasets/{id}/samples", "/api/endpoints", "/api/endpoints/{id}", "/api/experiments", "/api/experiments/{id}",
            "/api/experiments/{id}/variants", "/api/experiments/{id}/variants/{variantId}", "/api/experiments/{id}/variants/{variantId}/try", "/api/experiments/{id}/runs", "/api/experiments/{id}/runs/import",
            "/api/runs/{id}", "/api/runs/{id}/pause", "/api/runs/{id}/resume", "/api/runs/{id}/cancel", "/api/runs/{id}/retryFailed", "/api/runs/{id}/results", "/api/runs/{id}/metrics",
            "/api/runs/{id}/curve", "/api/runs/{id}/outliers", "/health",
        ];
        Assert.Superset(expected.ToHashSet(), paths.Select(pair => pair.Key).ToHashSet());
    }

    [Fact]
    public async Task ReadableApi_IsServed()
    {
        var response = await Client.GetAsync("/api");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<JsonNode> HoldProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
        return problem;
    }
}
