using System.Globalization;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>What can be read off the curves, and taken away as a file.</summary>
[Collection(ResultsCollection.Name)]
public sealed class CompareChartTests(AppHost app, BrowserFixture browser)
{
    [SkippableFact]
    public async Task Chart_Hovered_ShowsPointsThatTheApiGives()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={string.Join(',', demo.Runs.Take(2).Select(run => run.Id))}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var curves = new List<IReadOnlyList<DemoExperiment.Point>>();
        foreach (var run in demo.Runs.Take(2))
            curves.Add(await DemoExperiment.CurveAsync(app.Client, run.Id));

        var grid = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!;
        foreach (var recall in new[] { 0.3, 0.5, 0.7, 0.85 })
        {
            await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width * (float)recall), grid.Y + (grid.Height / 2));
            await ExpectPointerAsync(watch, grid.Width * recall);
            var rows = watch.Page.Locator(".chart-readout.shown tbody tr");
            await Expect(rows).ToHaveCountAsync(2);
            foreach (var row in await rows.AllAsync())
            {
                string[] shown = [.. (await row.Locator("td").AllInnerTextsAsync()).Select(Plain)];
                AssertIsAPointOfOne(curves, shown);
                // What is drawn at the pointer belongs to the next point to the right, or to one within its reach.
                Assert.InRange(double.Parse(shown[3], CultureInfo.InvariantCulture), recall - 0.03, recall + 0.15);
            }
        }

        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Keyboard_InTheChart_GoesFromPointToPoint()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var run = demo.Runs[0];
        var curve = await DemoExperiment.CurveAsync(app.Client, run.Id);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={run.Id}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var reader = watch.Page.Locator(".chart-reader");
        await reader.FocusAsync();
        await reader.PressAsync("End");
        await Expect(reader).ToHaveAttributeAsync("aria-valuetext", new Regex($"Precision {Rounded(curve[^1].Precision)}, Recall 1\\.0000$"));
        await reader.PressAsync("Home");
        await Expect(reader).ToHaveAttributeAsync("aria-valuetext", new Regex("none flagged"));
        await reader.PressAsync("ArrowRight");
        await Expect(reader).ToHaveAttributeAsync("aria-valuetext", new Regex($"Log odds {Regex.Escape(curve[1].Threshold!.Value.ToString("R", CultureInfo.InvariantCulture))},"));
        await Expect(watch.Page.Locator(".chart-readout.shown")).ToBeVisibleAsync();
        await reader.PressAsync("Escape");
        await Expect(watch.Page.Locator(".chart-readout.shown")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task SmallMultiples_Chosen_StandInTheAddressAndAreReadInStep()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToHaveCountAsync(1);
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Small multiples" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?layout=multiples$"));
        await Expect(watch.Chart).ToHaveCountAsync(demo.Runs.Count);
        var grid = (await watch.Page.Locator(".apexcharts-grid").First.BoundingBoxAsync())!;
        await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width / 2), grid.Y + (grid.Height / 2));
        await Expect(watch.Page.Locator(".chart-readout.shown")).ToHaveCountAsync(demo.Runs.Count);
        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(watch.Chart).ToHaveCountAsync(demo.Runs.Count);
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Over each other" }).ClickAsync();
        await Expect(watch.Chart).ToHaveCountAsync(1);
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/compare$"));
        await watch.Page.GoBackAsync();
        await Expect(watch.Chart).ToHaveCountAsync(demo.Runs.Count);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Csv_Downloaded_EqualsTheCurveThatTheApiGives()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={demo.Runs[0].Id}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Link, new() { Name = "Every point as CSV" }).ClickAsync());
        Assert.EndsWith("-curves.csv", download.SuggestedFilename, StringComparison.Ordinal);
        var lines = (await File.ReadAllLinesAsync((await download.PathAsync())!)).Skip(1).Select(line => line.Split(',')).ToList();
        var curve = await DemoExperiment.CurveAsync(app.Client, demo.Runs[0].Id);
        Assert.Equal(curve, lines.Select(fields => new DemoExperiment.Point(fields[^4].Length == 0 ? null : Number(fields[^4]), Number(fields[^2]), Number(fields[^1]))));
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("PNG", ".png")]
    [InlineData("SVG", ".svg")]
    public async Task Chart_Saved_IsAFileWithContent(string button, string extension)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Button, new() { Name = $"Save as {button}" }).ClickAsync());
        Assert.Equal("precision-and-recall" + extension, download.SuggestedFilename);
        Assert.True(new FileInfo((await download.PathAsync())!).Length > 5_000);
        watch.AssertNoFaults();
    }

    /// <summary>The vertical line stands where the pointer was moved to: what is read off belongs to it.</summary>
    private static async Task ExpectPointerAsync(PageWatch watch, double fromTheLeft)
    {
        var at = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!.X - (await watch.Page.Locator(".chart-host").BoundingBoxAsync())!.X + fromTheLeft;
        await watch.Page.WaitForFunctionAsync("x => Math.abs((document.querySelector('.chart-overlay line')?.x1.baseVal.value ?? -99) - x) < 3", at);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

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
