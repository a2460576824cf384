using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(ResultsCollection.Name)]
public sealed class SamplePageTests(AppHost app, BrowserFixture browser)
{
    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync($"/experiments/{demo.Id}/samples/3");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = "Sample 3", Level = 2 })).ToBeVisibleAsync();
        await Expect(watch.Page.Locator("section.sample-card:has(.token-bars)")).ToHaveCountAsync(demo.Runs.Count);
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        await watch.Page.Locator("summary").First.ClickAsync();
        await Expect(watch.Page.Locator(".sample-messages pre").First).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Next_AndInvisibleCharacters_StandInTheAddressAndKeepTheWayBack()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/experiments/{demo.Id}/samples/0?from=by%3Dmargin");
        await Expect(watch.Page.GetByRole(AriaRole.Link, new() { Name = "Previous" })).ToHaveCountAsync(0);
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/samples/1\\?from=by%3Dmargin$"));
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = "Sample 1", Level = 2 })).ToBeVisibleAsync(); // the address is there before the sample
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Invisible characters shown" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("invisible=true"));
        await Expect(watch.Page.Locator(".sample-text.invisible-shown")).ToBeVisibleAsync();
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/outliers\\?by=margin&sample=1$"));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Index_Unknown_IsNotFoundAndSaysWhatThereIs()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        var response = await watch.GotoAsync($"/experiments/{demo.Id}/samples/999999");
        Assert.Equal(404, response!.Status);
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no sample 999999." })).ToBeVisibleAsync();
    }
}
