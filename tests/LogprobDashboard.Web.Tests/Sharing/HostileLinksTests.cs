using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Sharing;

/// <summary>Links under people who try what nobody should, and under bad luck.</summary>
public sealed class HostileLinksTests(SharedLinksTests.Product product) : IClassFixture<SharedLinksTests.Product>
{
    [Theory]
    [InlineData("rule=nope&threshold=1e400&thresholds=a:b,1:1e400,:&judging=zz&holdout=7&seed=99999999999999999999&chart=<script>&layout=9&bands=yes&f1=2&bins=x&sure=y&zoom=1,1,1,1&off=<b>&matrix=<b>&baseline=-1&abstain=-3&detail=x")]
    [InlineData("positive=<script>alert(1)</script>&by=%3Cb%3E&slice=%00%0d%0aX:y")]
    [InlineData("%zz=%&&=&?&threshold=&threshold=1&threshold=2")]
    public async Task View_OfNonsense_IsTheViewWithoutIt(string nonsense)
    {
        var plain = await BodyAsync(await ShareAsync(new { view = "" }));
        Assert.Equal(Timeless(plain), Timeless(await BodyAsync(await ShareAsync(new { view = "?" + nonsense }))));
    }

    [Theory]
    [InlineData("?abstain=0&chart=scores&layout=multiples&zoom=0,1e-300,0,1e-300&detail=confusions&judging=folds")]
    [InlineData("?threshold=-700&chart=thresholds&zoom=-1e9,1e9,-1,2&bands=1")]
    [InlineData("?chart=roc&zoom=1e-300,2e-300,0,1e-300&baseline=77777&matrix=77777&off=77777&thresholds=77777:1")]
    public async Task View_AtItsEdges_IsShown(string view) =>
        Assert.Contains("Where the figures come from", await BodyAsync(await ShareAsync(new { view })), StringComparison.Ordinal);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/experiments/1/compare/../../2/compare")]
    [InlineData("//elsewhere.example/experiments/1/compare")]
    [InlineData("?runs=99999")]
    [InlineData("%%%")]
    public async Task View_OfSomethingElse_IsRefusedByItsField(string view)
    {
        using var body = JsonContent.Create(new { view });
        using var answer = await product.Client.PostAsync(new Uri($"/api/experiments/{product.Experiment}/shares", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!["view"]);
    }

    [Theory]
    [InlineData("%FF")]
    [InlineData("%C0%AE")]
    [InlineData("%E2%80%AE")]
    [InlineData("%0d%0aX:y")]
    [InlineData("%2e%2e/api/experiments")]
    [InlineData("..%5capi")]
    [InlineData("//")]
    [InlineData("{0}%00x", HttpStatusCode.BadRequest)] // the server itself refuses such a path, whatever is behind it
    [InlineData("{0}/")]
    [InlineData("{0}%20")]
    [InlineData("{0}=")]
    [InlineData("%20{0}")]
    public async Task Token_WrittenStrangely_LeadsNowhere(string form, HttpStatusCode status = HttpStatusCode.NotFound)
    {
        var link = await ShareAsync(new { });
        var address = new Uri(link.GetLeftPart(UriPartial.Authority) + "/share/" + form.Replace("{0}", link.Segments[^1], StringComparison.Ordinal), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await product.Outside.GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Link_AskedForItsHead_TellsTheLengthAndIsNotCounted()
    {
        var link = await ShareAsync(new { name = "head" });
        using var request = new HttpRequestMessage(HttpMethod.Head, link);
        using var head = await product.Outside.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.InRange(head.Content.Headers.ContentLength!.Value, 10_000, 1_000_000);
        foreach (var method in new[] { "OPTIONS", "POST", "PUT", "TRACE", "PROPFIND" })
        {
            using var other = new HttpRequestMessage(new HttpMethod(method), link);
            using var answer = await product.Outside.SendAsync(other);
            Assert.Equal((method, HttpStatusCode.NotFound, false), (method, answer.StatusCode, answer.Content.Headers.Contains("Allow")));
        }

        var listed = (await product.Client.GetObjectAsync($"/api/experiments/{product.Experiment}/shares"))["items"]!.AsArray().Single(share => share!["name"]?.GetValue<string>() == "head")!;
        Assert.Equal(0, listed.Count("timesOpened"));
    }

    [Fact]
    public async Task Link_OpenedWhileItsExperimentIsDeleted_ShowsItOrLeadsNowhere()
    {
        var experiment = await product.AddExperimentAsync("soon gone");
        using var body = JsonContent.Create(new { view = "?bands=1&detail=changes" });
        using var made = await product.Client.PostAsync(new Uri($"/api/experiments/{experiment}/shares", UriKind.Relative), body);
        var link = new Uri(JsonNode.Parse(await made.Content.ReadAsStringAsync())!.Text("url"));
        var seen = new HashSet<HttpStatusCode> { await StatusAsync(link) };

        var opening = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var statuses = new List<HttpStatusCode>();
            do
                statuses.Add(await StatusAsync(link));
            while (statuses[^1] == HttpStatusCode.OK);
            return statuses;
        })).ToList();
        using var deleted = await product.Client.DeleteAsync(new Uri($"/api/experiments/{experiment}", UriKind.Relative));
        Assert.True(deleted.IsSuccessStatusCode);
        foreach (var statuses in await Task.WhenAll(opening))
            seen.UnionWith(statuses);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], seen.Order());
    }

    private async Task<HttpStatusCode> StatusAsync(Uri link)
    {
        using var answer = await product.Outside.GetAsync(link);
        return answer.StatusCode;
    }

    private async Task<string> BodyAsync(Uri link) => await product.Outside.GetStringAsync(link);

    private async Task<Uri> ShareAsync(object body) => new((await product.Client.PostObjectAsync($"/api/experiments/{product.Experiment}/shares", body)).Text("url"));

    /// <summary>Without the minutes that pass between two documents.</summary>
    private static string Timeless(string document) => System.Text.RegularExpressions.Regex.Replace(document, @"\d\d:\d\d UTC", "");
}
