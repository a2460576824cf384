using System.Net;
using System.Text.Json.Nodes;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Outliers;

/// <summary>What the page lists, over HTTP: paged, as files, one sample, and what is refused.</summary>
public sealed class OutliersApiTests(TwoRunsOfFourRows given) : IClassFixture<TwoRunsOfFourRows>
{
    private readonly HttpClient _client = given.Client;
    private readonly string _experiment = given.Experiment;
    private readonly string _first = given.First;
    private readonly string _second = given.Second;

    [Fact]
    public async Task List_Paged_GoesOnWhereThePageBeforeEnded()
    {
        var first = await ListAsync("cut=0&take=3");
        var second = await ListAsync($"cut=0&take=3&cursor={first.Text("nextCursor")}");
        Assert.Equal((4, 4), (first.Count("total"), first.Count("pool")));
        Assert.Null(second["nextCursor"]);
        Assert.Equal(4, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!.Count("index")).Distinct().Count());
        Assert.Equal([1, 3], (await ListAsync($"runs={_first},{_second}&cut=0&show=disagree&sort=sample"))["items"]!.AsArray().Select(item => item!.Count("index")));
    }

    [Fact]
    public async Task Cell_OfARun_IsListedWithoutACut()
    {
        var list = await ListAsync($"runs={_first}&label=ham&predicted=spam");
        Assert.Null(list["quantile"]);
        Assert.Equal([1], list["items"]!.AsArray().Select(item => item!.Count("index")));
        Assert.Equal([2], (await ListAsync($"runs={_first}&positive=spam&threshold=0&outcome=passed"))["items"]!.AsArray().Select(item => item!.Count("index")));
    }

    /// <summary>Entropies of the first run, in nats: 0.33, 0.67, 0.50, 0.69.</summary>
    [Theory]
    [InlineData("column=lang&slice=en", 0, 2)]
    [InlineData("column=lang&slice=de&abstain=0.68", 1)]
    [InlineData("abstain=0.6&label=spam", 0)]
    [InlineData("positive=spam&rule=rate:0&outcome=missed&column=lang&slice=en", 0)]
    public async Task List_Restricted_HasThoseSamplesAlone(string query, params int[] indexes)
    {
        var list = await ListAsync($"runs={_first}&cut=0&sort=sample&{query}");
        Assert.Equal(indexes, list["items"]!.AsArray().Select(item => item!.Count("index")));
        Assert.Equal(indexes.Length, (await _client.GetStringAsync($"/api/experiments/{_experiment}/outliers?format=jsonl&runs={_first}&cut=0&{query}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Ranking_OfARunsSlice_HasItsSamplesAlone()
    {
        Assert.Equal([3, 1], (await _client.GetObjectAsync($"/api/runs/{_first}/outliers?column=lang&slice=de"))["items"]!.AsArray().Select(item => item!.Count("index")));
        Assert.Equal([2, 0], (await _client.GetObjectAsync($"/api/runs/{_first}/outliers?abstain=0.6"))["items"]!.AsArray().Select(item => item!.Count("index")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _client.GetAsync($"/api/runs/{_first}/outliers?column=lang&slice=fr")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync($"/api/runs/{_first}/outliers?abstain=-1")).StatusCode);
    }

    [Fact]
    public async Task List_OfASliceThatIsNotThere_SaysWhichAre()
    {
        var response = await _client.GetAsync($"/api/experiments/{_experiment}/outliers?column=lang&slice=fr");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("It has en, de.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfTwoRuns_HasAGroupOfColumnsForEach()
    {
        var response = await _client.GetAsync($"/api/experiments/{_experiment}/outliers?format=csv&cut=0&sort=sample&runs={_first},{_second}");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"experiment-{_experiment}-outliers.csv", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("rank,index,id,text,label,source,reasons,a: predicted,a: right,a: score,a: entropy", lines[0], StringComparison.Ordinal);
        Assert.Contains("b: p(ham)", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2,1,,\"second, with a comma\",ham,,runsDisagree,spam,false,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonLines_OfTheList_HoldEveryNumber()
    {
        var lines = (await _client.GetStringAsync($"/api/experiments/{_experiment}/outliers?format=jsonl&cut=0&runs={_first}&sort=entropy:{_first}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([3, 1, 2, 0], rows.Select(row => row.Count("index")));
        Assert.Equal(0.55, rows[0]["runs"]![0]!["result"]!["probabilities"]!["spam"]!.GetValue<double>(), 1e-12);
        Assert.Equal("veryShort", rows[0]["reasons"]![0]!.Text("code"));
    }

    [Fact]
    public async Task Sample_Known_TellsEveryRun()
    {
        var sample = await _client.GetObjectAsync($"/api/experiments/{_experiment}/samples/1");
        Assert.Equal("second, with a comma", sample["sample"]!.Text("text"));
        Assert.Equal([false, true], sample["runs"]!.AsArray().Select(run => run!["right"]!.GetValue<bool>()));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/experiments/{_experiment}/samples/4")).StatusCode);
    }

    [Fact]
    public async Task SamplePage_OfAnUnknownIndex_IsNotFound()
    {
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync($"/experiments/{_experiment}/samples/3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/experiments/{_experiment}/samples/4")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/experiments/999/outliers")).StatusCode);
    }

    [Theory]
    [InlineData("by=beauty", HttpStatusCode.BadRequest)]
    [InlineData("cut=1.5", HttpStatusCode.BadRequest)]
    [InlineData("threshold=2", HttpStatusCode.BadRequest)]
    [InlineData("threshold=x&outcome=missed", HttpStatusCode.BadRequest)]
    [InlineData("sort=entropy", HttpStatusCode.BadRequest)]
    [InlineData("reason=ugly", HttpStatusCode.BadRequest)]
    [InlineData("status=failed", HttpStatusCode.BadRequest)]
    [InlineData("cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("label=eggs", HttpStatusCode.UnprocessableEntity)]
    [InlineData("runs=999", HttpStatusCode.NotFound)]
    [InlineData("slice=sms", HttpStatusCode.UnprocessableEntity)]
    [InlineData("column=eggs&slice=en", HttpStatusCode.UnprocessableEntity)]
    [InlineData("column=text&slice=four", HttpStatusCode.UnprocessableEntity)]
    [InlineData("abstain=-0.5", HttpStatusCode.BadRequest)]
    [InlineData("rule=maxF1", HttpStatusCode.BadRequest)]
    [InlineData("rule=best&outcome=missed", HttpStatusCode.BadRequest)]
    [InlineData("rule=maxF1&threshold=2&outcome=missed", HttpStatusCode.BadRequest)]
    [InlineData("rule=maxF1&outcome=missed&judging=twice", HttpStatusCode.BadRequest)]
    [InlineData("rule=maxF1&outcome=missed&judging=holdout&holdout=1", HttpStatusCode.BadRequest)]
    [InlineData("threshold=2&outcome=missed&seed=3", HttpStatusCode.BadRequest)]
    [InlineData("format=xml", HttpStatusCode.UnsupportedMediaType)]
    public async Task List_OfNonsense_IsRefused(string query, HttpStatusCode expected) =>
        Assert.Equal(expected, (await _client.GetAsync($"/api/experiments/{_experiment}/outliers?{query}")).StatusCode);

    private Task<JsonObject> ListAsync(string query) => _client.GetObjectAsync($"/api/experiments/{_experiment}/outliers?{query}");
}
