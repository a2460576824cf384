using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>What lies beneath the figures: slices, calibration, and an entropy limit that holds for the whole page.</summary>
[Collection(ResultsCollection.Name)]
public sealed class CompareDetailsTests(AppHost app, BrowserFixture browser)
{
    [SkippableFact]
    public async Task Slice_Chosen_RestrictsTheWholePageToIt()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync(demo.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Slices", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?detail=slices$"));
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Slices by") }).SelectOptionAsync("note");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?by=note&detail=slices$"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Table of slices by note" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Slices by") }).SelectOptionAsync("source");
        var table = page.GetByRole(AriaRole.Region, new() { Name = "Table of slices by source" });
        await Expect(table.Locator("tbody tr")).ToHaveCountAsync(3);
        var row = table.Locator("tbody tr", new() { HasText = "sms" });
        var (samples, precision) = (await row.Locator("td").First.TextContentAsync(), Regex.Match((await row.Locator("td").Nth(2).TextContentAsync())!, @"^\d\.\d{3}").Value);
        await row.GetByRole(AriaRole.Link, new() { Name = "sms" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?slice=sms&detail=slices$"));
        await Expect(page.Locator(".scope-note")).ToContainTextAsync("Only source sms");
        var figures = page.GetByRole(AriaRole.Region, new() { Name = "Table of figures of each run" }).Locator("tbody tr").First;
        await Expect(figures).ToContainTextAsync($"{samples} scored");
        await Expect(figures.Locator("td").First).ToContainTextAsync(precision);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all samples" }).ClickAsync();
        await Expect(page.Locator(".scope-note")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task EntropyLimit_TypedOrMovedAlongTheRisk_StandsInTheAddressAndLeavesSamplesOut()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync($"{demo.Address}?chart=riskCoverage&detail=calibration");
        await Expect(watch.Chart.First).ToBeVisibleAsync();
        await page.GetByLabel("Abstain above an entropy of").FillAsync("0.5");
        await page.GetByLabel("Abstain above an entropy of").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("abstain=0.5"));
        await Expect(page.Locator(".scope-note")).ToContainTextAsync("Abstaining above an entropy of 0.500 nats");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Table of selective prediction" })).ToContainTextAsync("Answered");
        var handle = page.GetByRole(AriaRole.Slider, new() { NameRegex = new Regex("^Entropy limit") }).First;
        await handle.PressAsync("ArrowLeft");
        await handle.PressAsync("ArrowLeft");
        await Expect(page).ToHaveURLAsync(new Regex(@"abstain=0\.4\d+"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Judge all" }).ClickAsync();
        await Expect(page.Locator(".scope-note")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("detail=calibration&calibrator=platt&abstain=0.6", "Table of calibration")]
    [InlineData("detail=slices&slice=sms", "Table of slices by source")]
    public async Task Detail_AtAnyWidthAndTheme_IsAccessibleAndFits(string query, string table)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await using var watch = await browser.OpenAsync(app.Address, width, scheme);
            await watch.GotoAsync($"{demo.Address}?{query}");
            await Expect(watch.Page.GetByRole(AriaRole.Region, new() { Name = table })).ToBeVisibleAsync();
            await watch.AssertNoHorizontalOverflowAsync();
            await watch.AssertAccessibleAsync();
            watch.AssertNoFaults();
        }
    }
}
