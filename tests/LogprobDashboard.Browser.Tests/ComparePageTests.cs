using System.Globalization;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ComparePageTests(AppHost app, BrowserFixture browser)
{
    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    [SkippableFact]
    public async Task Chart_Hovered_ShowsPointsThatTheApiGives()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync($"{demo.Address}?runs={string.Join(',', demo.Runs.Take(2).Select(run => run.Id))}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var curves = new List<IReadOnlyList<DemoExperiment.Point>>();
        foreach (var run in demo.Runs.Take(2))
            curves.Add(await DemoExperiment.CurveAsync(app.Client, run.Id));

        var grid = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!;
        foreach (var recall in new[] { 0.3, 0.5, 0.7, 0.85 })
        {
            await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width * (float)recall), grid.Y + (grid.Height / 2));
            var rows = watch.Page.Locator(".chart-readout.shown tbody tr");
            await Expect(rows).ToHaveCountAsync(2);
            foreach (var row in await rows.AllAsync())
            {
                string[] shown = [.. (await row.Locator("td").AllInnerTextsAsync()).Select(Plain)];
                AssertIsAPointOfOne(curves, shown);
                // The value that is drawn at the pointer belongs to the next point to the right, or to one within its reach.
                Assert.InRange(double.Parse(shown[3], CultureInfo.InvariantCulture), recall - 0.03, recall + 0.15);
            }
        }

        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.Page.GotoAsync(demo.Address);
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = demo.Name, Level = 1 })).ToBeVisibleAsync();
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Region, new() { Name = "Precision and recall: table" })).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Run_Unselected_IsLeftOutOfTheAddressAndStaysOutAfterAReload()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync($"{demo.Address}?runs={string.Join(',', demo.Runs.Select(run => run.Id))}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var choices = watch.Page.Locator(".run-choice input");
        await choices.First.UncheckAsync();
        await Expect(watch.Page.Locator(".legend-item:has(.dash-swatch)")).ToHaveCountAsync(demo.Runs.Count - 1);
        var address = watch.Page.Url;
        Assert.Equal(demo.Runs.Count - 1, address.Split("runs=")[1].Split('&')[0].Split(',').Length);

        await watch.Page.ReloadAsync();
        await Expect(watch.Chart).ToBeVisibleAsync();
        await Expect(choices.First).Not.ToBeCheckedAsync();
        await Expect(watch.Page.Locator(".legend-item:has(.dash-swatch)")).ToHaveCountAsync(demo.Runs.Count - 1);
        Assert.Equal(address, watch.Page.Url);
        await watch.Page.GoBackAsync();
        await Expect(choices.First).ToBeCheckedAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Rule_Chosen_StandsInTheAddressAndMovesTheOperatingPoint()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.Page.GetByLabel("Rule, applied to each run").SelectOptionAsync("Recall");
        await watch.Page.WaitForURLAsync(url => url.Contains("rule=recall:0.9", StringComparison.Ordinal));
        await Expect(watch.Page.GetByLabel("Recall, 0 to 1")).ToHaveValueAsync("0.9");
        await Expect(watch.Page.Locator(".compare")).ToHaveAttributeAsync("aria-busy", "false");
        var recall = watch.Page.Locator("table.figures tbody tr").First.Locator("td");
        var column = (await watch.Page.Locator("table.figures thead th").AllInnerTextsAsync()).ToList().IndexOf("Recall") - 1;
        Assert.True(double.Parse(await recall.Nth(column).InnerTextAsync(), CultureInfo.InvariantCulture) >= 0.9);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Theme_Chosen_IsThereFromTheFirstFrameOfTheNextVisit()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        var root = watch.Page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
        var button = watch.Page.Locator(".theme-switch");
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-label", "Theme: light. Switch to dark");
        await button.ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await watch.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("PNG", ".png")]
    [InlineData("SVG", ".svg")]
    public async Task Chart_Saved_IsAFileWithContent(string button, string extension)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.Page.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Button, new() { Name = $"Save as {button}" }).ClickAsync());
        Assert.Equal("precision-and-recall" + extension, download.SuggestedFilename);
        Assert.True(new FileInfo((await download.PathAsync())!).Length > 5_000);
        watch.AssertNoFaults();
    }

    private static string Plain(string text) => text.Trim().Replace('\u2212', '-');

    private static void AssertIsAPointOfOne(IReadOnlyList<IReadOnlyList<DemoExperiment.Point>> curves, string[] shown)
    {
        double? threshold = double.TryParse(shown[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        Assert.Contains(curves.SelectMany(curve => curve), point => point.Threshold == threshold && Rounded(point.Precision) == shown[2] && Rounded(point.Recall) == shown[3]);
        if (threshold is { } t)
            Assert.Equal(1 / (1 + Math.Exp(-t)), double.Parse(shown[1], CultureInfo.InvariantCulture), 1e-4);
    }

    private static string Rounded(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
