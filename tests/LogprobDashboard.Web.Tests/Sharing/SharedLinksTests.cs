using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Sharing;

/// <summary>Links to a view: what they show, who can follow them, and that nothing else can be reached from where they are served.</summary>
public sealed class SharedLinksTests(SharedLinksTests.Product product) : IClassFixture<SharedLinksTests.Product>
{
    [Fact]
    public async Task Link_OfAView_ShowsItsFiguresAndNothingThatActs()
    {
        var page = await GetAsync(new Uri((await ShareAsync(new { view = $"/experiments/{product.Experiment}/compare?chart=roc" })).Text("url")));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var precision = (await product.Client.GetObjectAsync($"/api/runs/{product.Run}/metrics"))["averagePrecision"]!.Number("value");
        Assert.Contains(precision.ToString("F3", CultureInfo.InvariantCulture), page.Body, StringComparison.Ordinal);
        Assert.Contains("property=\"og:title\"", page.Body, StringComparison.Ordinal);
        foreach (var acting in new[] { "<script", "<button", "<input", "<select", "<form", "<a ", "href=", "/api/", "_blazor", "<iframe", "<i>" })
            Assert.DoesNotContain(acting, page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("no-referrer", "no-store", "noindex"), (page.Headers["Referrer-Policy"], page.Headers["Cache-Control"], page.Headers["X-Robots-Tag"]));
    }

    [Fact]
    public async Task Link_ThatIsUnknownRevokedOrMalformed_AnswersTheSame404()
    {
        var link = await ShareAsync(new { });
        var url = new Uri(link.Text("url"));
        using (var revoked = await product.Client.DeleteAsync(new Uri($"/api/shares/{link.Text("id")}", UriKind.Relative)))
            Assert.True(revoked.IsSuccessStatusCode);
        var answers = new List<(HttpStatusCode Status, string Body, string Headers)>();
        foreach (var address in new[] { url, new Uri(url, "/share/unknown"), new Uri(url, "/share/"), new Uri(url, "/share/" + new string('a', 43)), new Uri(url, "/share/..%2Fx") })
        {
            var answer = await GetAsync(address);
            answers.Add((answer.Status, answer.Body, string.Join('\n', answer.Headers.Where(header => header.Key != "Date").OrderBy(header => header.Key))));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Status);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Listener_OfLinks_MapsNothingElseWhateverTheMethodOrHost()
    {
        var link = new Uri((await ShareAsync(new { })).Text("url"));
        var nowhere = await GetAsync(new Uri(link, "/share/unknown"));
        var paths = (await product.Client.GetObjectAsync("/openapi/v1.json"))["paths"]!.AsObject().Select(path => path.Key.Replace("{id}", product.Experiment, StringComparison.Ordinal)).ToList();
        Assert.InRange(paths.Count, 30, 200);
        paths.AddRange(["/", "/datasets", $"/experiments/{product.Experiment}/compare", "/health", "/openapi/v1.json", "/api", "/demo/v1/models", "/_blazor/negotiate", "/_framework/blazor.web.js", "/css/frame.css", "/share"]);
        foreach (var path in paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            {
                var answer = await SendAsync(new Uri(link, path), method, host: path.Length % 2 == 0 ? product.Client.BaseAddress!.Authority : null);
                Assert.Equal((path, method, HttpStatusCode.NotFound, nowhere.Body), (path, method, answer.Status, answer.Body));
            }
        }
    }

    [Fact]
    public async Task Link_NeverHoldsTheEndpointOrItsKey()
    {
        var link = await ShareAsync(new { frozen = true });
        var page = await GetAsync(new Uri(link.Text("url")));
        Assert.Equal("frozen", link.Text("kind"));
        Assert.Contains("A &lt;b&gt;bold&lt;/b&gt; name", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;recorded&lt;/i&gt;", page.Body, StringComparison.Ordinal);
        foreach (var secret in new[] { "canary-host", "canary-key" })
            Assert.DoesNotContain(secret, page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("text number", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfLinks_TellsNoToken()
    {
        var link = await ShareAsync(new { name = "for the team" });
        var list = await product.Client.GetStringAsync($"/api/experiments/{product.Experiment}/shares");
        Assert.Contains("for the team", list, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Text("url").Split('/')[^1], list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/experiments/999/compare", 422)]
    [InlineData("/datasets", 422)]
    public async Task Link_ToAnythingButTheExperimentsView_IsRefused(string view, int status)
    {
        using var body = new StringContent(new JsonObject { ["view"] = view }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await product.Client.PostAsync(new Uri($"/api/experiments/{product.Experiment}/shares", UriKind.Relative), body);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Report_OfAView_StandsAlone()
    {
        var report = await product.Client.GetStringAsync($"/api/experiments/{product.Experiment}/compare/report.html?chart=pr");
        foreach (var asking in new[] { "<script", "<link", "<img", "src=", "url(", "@import" })
            Assert.DoesNotContain(asking, report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sha256:", report, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", report, StringComparison.Ordinal); // the experiment's name
        Assert.DoesNotContain("<b>bold</b>", report, StringComparison.Ordinal);
    }

    private Task<JsonObject> ShareAsync(object body) => product.Client.PostObjectAsync($"/api/experiments/{product.Experiment}/shares", body);

    private Task<Answer> GetAsync(Uri address) => SendAsync(address, HttpMethod.Get, null);

    private async Task<Answer> SendAsync(Uri address, HttpMethod method, string? host)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Host = host;
        using var response = await product.Outside.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value)));
    }

    private sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers);

    public sealed class Product : IAsyncLifetime
    {
        private ProductHost? _host;
        private string _dataset = "";
        private string _endpoint = "";

        public HttpClient Client { get; private set; } = null!;

        /// <summary>Who has a link and nothing else.</summary>
        public HttpClient Outside { get; } = new();

        public string Experiment { get; private set; } = "";

        public string Run { get; private set; } = "";

        public async Task InitializeAsync()
        {
            _host = ProductHost.Start(null, ("LogprobDashboard:ShareUrls", "http://127.0.0.1:0"));
            Client = _host.Client();
            var rows = "text,label\n" + string.Concat(Enumerable.Range(0, 40).Select(index => $"text number {index},{(index % 3 == 0 ? "spam" : "ham")}\n"));
            var dataset = await Client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes(rows));
            var endpoint = await Client.PostObjectAsync("/api/endpoints", new { name = "e", baseUrl = "http://canary-host.example/v1", model = "m", apiKey = "canary-key" });
            (_dataset, _endpoint) = (dataset.Text("id"), endpoint.Text("id"));
            Experiment = await AddExperimentAsync("A <b>bold</b> name");
        }

        /// <summary>With one run; the first experiment's is <see cref="Run"/>.</summary>
        public async Task<string> AddExperimentAsync(string name)
        {
            var experiment = (await Client.PostObjectAsync("/api/experiments", new { name, datasetId = _dataset, endpointId = _endpoint, positiveLabel = "spam" })).Text("id");
            var lines = string.Concat(Enumerable.Range(0, 40).Select(index => $$"""{"index":{{index}},"topLogprobs":[{"token":"spam","logprob":{{Log((1 + (index * 7 % 40)) / 42.0)}} },{"token":"ham","logprob":{{Log((41 - (index * 7 % 40)) / 42.0)}} }]}""" + "\n"));
            var run = (await Client.UploadToAsync($"/api/experiments/{experiment}/runs/import", "run.jsonl", Encoding.UTF8.GetBytes(lines), ("name", "<i>recorded</i>"))).Text("id");
            Run = Run.Length == 0 ? run : Run;
            return experiment;
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            Outside.Dispose();
            if (_host is not null)
                await _host.DisposeAsync();
        }

        private static string Log(double probability) => Math.Log(probability).ToString("R", CultureInfo.InvariantCulture);
    }
}
