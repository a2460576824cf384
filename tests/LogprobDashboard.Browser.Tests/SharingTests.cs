using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>A view goes to a colleague: by a link, by a snapshot, by a report. They see the same figures and can do nothing else.</summary>
[Collection(ResultsCollection.Name)]
public sealed class SharingTests(AppHost app, BrowserFixture browser)
{
    private const string Nowhere = "This link leads nowhere";

    [SkippableFact]
    public async Task Link_MadeInTheDialog_ShowsAStrangerTheSameFiguresAndLeadsToNothingElse()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?threshold=0.75");
        await Expect(watch.Page.Locator(".figures-card .card-note")).ToContainTextAsync("95 % intervals");
        var figures = await SharedDocument.FiguresAsync(watch.Page);
        var verdict = await watch.Page.Locator(".verdict b").First.InnerTextAsync();
        await OpenDialogAsync(watch);
        await MakeLinkAsync(watch);
        var link = new Uri(await watch.Page.Locator("#share-link").InputValueAsync());
        Assert.NotEqual(app.Address.Authority, link.Authority);

        await using var stranger = await SharedDocument.OpenAsync(browser, link);
        Assert.Equal(figures, await SharedDocument.FiguresAsync(stranger.Page));
        foreach (var run in demo.Runs)
        {
            var metrics = await app.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{run.Id}/metrics");
            var precision = metrics.GetProperty("averagePrecision").GetProperty("value").GetDouble().ToString("F3", CultureInfo.InvariantCulture);
            Assert.Contains(figures, figure => figure.StartsWith(precision, StringComparison.Ordinal));
        }

        Assert.Equal(demo.Runs.Count, figures.Count(figure => figure.Contains("log odds 0.75", StringComparison.Ordinal)));
        await stranger.AssertAsksForNothingAsync();
        var title = await stranger.Page.Locator("meta[property='og:title']").GetAttributeAsync("content");
        Assert.Equal($"{demo.Name}: {verdict}", title);
        stranger.Watch.AssertNoFaults();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task SharedPage_WhateverItsReaderTries_ReachesNothingOfTheProduct()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var stranger = await SharedDocument.OpenAsync(browser, await SharedDocument.ShareAsync(app.Client, demo.Id, ""));
        var page = stranger.Page;

        // There is no circuit that could follow an address that changes without a request.
        var shown = await page.Locator("body").InnerHTMLAsync();
        await page.EvaluateAsync("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }", demo.Address);
        Assert.Equal(shown, await page.Locator("body").InnerHTMLAsync());
        Assert.Single(stranger.Requests);
        Assert.True(await page.EvaluateAsync<bool>("() => typeof Blazor === 'undefined'"));
        Assert.Equal("refused", await page.EvaluateAsync<string>("() => fetch('/api/experiments').then(() => 'answered', () => 'refused')"));

        var unknown = await page.APIRequest.GetAsync("/share/unknown");
        var nowhere = await unknown.TextAsync();
        Assert.Contains(Nowhere, nowhere, StringComparison.Ordinal);
        foreach (var (path, method) in await EveryRouteAsync(demo.Id))
        {
            var answer = await page.APIRequest.FetchAsync(path, new() { Method = method });
            Assert.Equal((method, path, 404, nowhere), (method, path, answer.Status, await answer.TextAsync()));
        }

        await page.EvaluateAsync("path => location.assign(path)", $"/experiments/{demo.Id}/runs");
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync(Nowhere);
    }

    [SkippableFact]
    public async Task Link_RevokedInTwoTabsAtOnce_LeadsNowhereAndBothTabsGoOn()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        await using var first = await browser.OpenAsync(app.Address);
        await using var second = await browser.OpenAsync(app.Address);
        await first.GotoAsync(demo.Address);
        await OpenDialogAsync(first);
        await first.Page.GetByText("Snapshot", new() { Exact = true }).ClickAsync();
        await first.Page.GetByLabel("Note for the list below").FillAsync("to be revoked");
        await MakeLinkAsync(first);
        var link = await first.Page.Locator("#share-link").InputValueAsync();
        await second.GotoAsync(demo.Address);
        await OpenDialogAsync(second);
        foreach (var tab in new[] { first, second }) // both ask before one of them is answered
        {
            await Expect(Row(tab)).ToContainTextAsync("snapshot");
            await Row(tab).GetByRole(AriaRole.Button, new() { Name = "Revoke “to be revoked”" }).ClickAsync();
            await Expect(Sure(tab)).ToBeVisibleAsync();
        }

        await Sure(first).ClickAsync();
        await Expect(Row(first)).ToHaveCountAsync(0);
        await Expect(first.Page.Locator("#share-link")).ToHaveCountAsync(0);
        await Sure(second).ClickAsync();
        await Expect(Row(second)).ToHaveCountAsync(0);
        await MakeLinkAsync(second); // its circuit lives

        var (revoked, unknown) = (await first.Page.APIRequest.GetAsync(link), await first.Page.APIRequest.GetAsync(new Uri(new Uri(link), "/share/unknown").AbsoluteUri));
        Assert.Equal((404, 404), (revoked.Status, unknown.Status));
        Assert.Equal(await unknown.TextAsync(), await revoked.TextAsync());
        first.AssertNoFaults();
        second.AssertNoFaults();

        static ILocator Row(PageWatch tab) => tab.Page.Locator(".share-list tbody tr", new() { HasText = "to be revoked" });

        static ILocator Sure(PageWatch tab) => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke the link", Exact = true });
    }

    [SkippableFact]
    public async Task Report_Downloaded_ShowsTheFiguresOfThePageWithoutAnyRequest()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?threshold=-0.5");
        await Expect(watch.Page.Locator(".figures-card .card-note")).ToContainTextAsync("95 % intervals");
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync());
        Assert.EndsWith(".html", download.SuggestedFilename, StringComparison.Ordinal);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        await download.SaveAsAsync(file);
        try
        {
            await using var report = await SharedDocument.OpenAsync(browser, new Uri(file));
            Assert.Equal(await SharedDocument.FiguresAsync(watch.Page), await SharedDocument.FiguresAsync(report.Page));
            await report.AssertAsksForNothingAsync();
            await Expect(report.Page.GetByText(watch.Page.Url)).ToBeVisibleAsync(); // where the view is
            report.Watch.AssertNoFaults();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public async Task OlderLinks_AskedForTwiceInAHurry_AreListedOnce()
    {
        const int MoreThanAPage = 21;
        var demo = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        for (var link = 0; link < MoreThanAPage; link++)
            await SharedDocument.ShareAsync(app.Client, demo.Id, "");
        var all = (await app.Client.GetFromJsonAsync<JsonElement>($"/api/experiments/{demo.Id}/shares?take=200")).GetProperty("items").GetArrayLength();
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await OpenDialogAsync(watch);
        var rows = watch.Page.Locator(".share-list tbody tr");
        await Expect(rows).ToHaveCountAsync(MoreThanAPage - 1);
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Older ones" }).EvaluateAsync("button => { button.click(); button.click(); }");
        await Expect(rows).ToHaveCountAsync(all);
        await MakeLinkAsync(watch); // its circuit lives
        watch.AssertNoFaults();
    }

    private static async Task OpenDialogAsync(PageWatch watch)
    {
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Links of this experiment");
    }

    private static async Task MakeLinkAsync(PageWatch watch)
    {
        await watch.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Make (a|another) link$") }).ClickAsync();
        await Expect(watch.Page.Locator("#share-link")).ToBeFocusedAsync();
    }

    /// <summary>Every path of the HTTP API with the methods that it has, and with GET and POST in any case.</summary>
    private async Task<IReadOnlyList<(string Path, string Method)>> EveryRouteAsync(string experimentId)
    {
        var described = await app.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var routes = described.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => method.Name.ToUpperInvariant()).Union(["GET", "POST"])
                .Select(method => (path.Name.Replace("{id}", experimentId, StringComparison.Ordinal), method)))
            .ToList();
        Assert.InRange(routes.Count, 60, 500);
        return routes;
    }
}
