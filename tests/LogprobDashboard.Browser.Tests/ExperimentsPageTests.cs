using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(WorkCollection.Name)]
public sealed class ExperimentsPageTests(AppHost app, BrowserFixture browser)
{
    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Root_ListsTheDemoExperimentAndLeadsToItsCurves(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync("/");
        var link = watch.Page.GetByRole(AriaRole.Link, new() { Name = demo.Name });
        await Expect(link).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        await link.ClickAsync();
        await Expect(watch.Chart).ToBeVisibleAsync();
        await Expect(watch.Page).ToHaveTitleAsync($"Compare · {demo.Name} · LogprobDashboard");
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task UnknownAddress_IsAnsweredWithAPageThatSaysSo()
    {
        await using var watch = await browser.OpenAsync(app.Address);
        var response = await watch.GotoAsync("/no/such/page");
        Assert.Equal(404, response!.Status);
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        await watch.AssertAccessibleAsync();
    }

    [SkippableFact]
    public async Task UnknownExperiment_IsNamedAndLeadsBackToTheList()
    {
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync("/experiments/no-such/compare");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("no-such");
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "All experiments" }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Experiments");
    }

    [SkippableFact]
    public async Task List_SearchedAndSorted_IsALinkThatShowsTheSame()
    {
        await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync("/");
        await watch.Page.GetByLabel("Search by name, dataset or label").FillAsync("DUTCH");
        await watch.Page.GetByLabel("Search by name, dataset or label").PressAsync("Enter");
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"/\?q=DUTCH$"));
        await Expect(watch.Page.Locator(".experiment-card h2")).ToHaveTextAsync(["Demo: ten languages"]);
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Best AP" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"/\?q=DUTCH&sort=best$"));
        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(watch.Page.GetByLabel("Search by name, dataset or label")).ToHaveValueAsync("DUTCH");
        await watch.Page.GoBackAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"/\?q=DUTCH$"));
        await watch.GotoAsync("/?q=nothing%20like%20it");
        await Expect(watch.Page.GetByText("No experiment has")).ToBeVisibleAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Experiment_RenamedDuplicatedAndDeleted_SaysWhatGoesWithIt()
    {
        var bare = await BareExperiment.CreateAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        (await app.Client.PatchAsJsonAsync($"/api/experiments/{bare.Id}", new { name = "Named wrongly" })).EnsureSuccessStatusCode();
        await watch.GotoAsync("/?q=Named%20wrongly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Named wrongly" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Renamed to be deleted");
        await watch.AssertAccessibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await watch.GotoAsync("/?q=Renamed%20to%20be%20deleted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Duplicate Renamed to be deleted as a draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("New experiment");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Experiments");
        await watch.GotoAsync("/?q=Renamed%20to%20be%20deleted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Renamed to be deleted" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("stays, and so do the answers in the cache");
        await watch.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the experiment" }).ClickAsync();
        await Expect(page.GetByText("No experiment has")).ToBeVisibleAsync();
        watch.AssertNoFaults();
    }
}
