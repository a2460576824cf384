using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ExperimentsPageTests(AppHost app, BrowserFixture browser)
{
    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Root_ListsTheDemoExperimentAndLeadsToItsCurves(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.Page.GotoAsync("/");
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
        var response = await watch.Page.GotoAsync("/no/such/page");
        Assert.Equal(404, response!.Status);
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        await watch.AssertAccessibleAsync();
    }

    [SkippableFact]
    public async Task UnknownExperiment_IsNamedAndLeadsBackToTheList()
    {
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync("/experiments/no-such/compare");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("no-such");
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "All experiments" }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Experiments");
    }
}
