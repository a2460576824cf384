using System.Globalization;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>Every kind of curve as a person draws it, looks closer at it, and moves a threshold on it.</summary>
[Collection(ResultsCollection.Name)]
public sealed class CompareCurvesTests(AppHost app, BrowserFixture browser)
{
    private static readonly Regex Score = new(@"\d\.\d{4}");

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "", "PR", "Precision and recall" },
        { "roc", "ROC", "ROC" },
        { "reliability", "Calibration", "Reliability" },
        { "riskCoverage", "Risk", "Risk and coverage" },
        { "scores", "Scores", "Scores of spam" },
        { "thresholds", "Thresholds", "Thresholds" },
    };

    private static string Address(DemoExperiment demo, string query) => query.Length > 0 ? $"{demo.Address}?{query}" : demo.Address;

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task Kind_Chosen_IsDrawnAccessibleAndReadable(string chart, string link, string title)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await using var watch = await browser.OpenAsync(app.Address, width, scheme);
            await watch.GotoAsync(Address(demo, chart == "roc" ? "" : "chart=roc"));
            await watch.Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart", Exact = true }).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await Expect(watch.Page).ToHaveURLAsync(new Regex(chart.Length > 0 ? $"\\?chart={chart}$" : "/compare$"));
            await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true })).ToBeVisibleAsync();
            await Expect(watch.Chart.First).ToBeVisibleAsync();
            await watch.AssertNoHorizontalOverflowAsync();
            await watch.AssertAccessibleAsync();

            var reader = watch.Page.Locator(".chart-reader").First;
            await reader.FocusAsync();
            await reader.PressAsync("End");
            await reader.PressAsync("ArrowLeft");
            await Expect(reader).ToHaveAttributeAsync("aria-valuetext", Score);
            await Expect(watch.Page.Locator(".chart-readout.shown td").First).ToBeVisibleAsync();
            await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
            await Expect(watch.Page.GetByRole(AriaRole.Region, new() { Name = $"{title}: table" })).ToContainTextAsync(Score);
            watch.AssertNoFaults();
        }
    }

    [SkippableFact]
    public async Task Zoom_ByARectangle_StandsInTheAddressAndComesBack()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        var reset = watch.Page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" });
        await Expect(reset).ToBeDisabledAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom", Exact = true }).ClickAsync();
        await Expect(watch.Page.Locator(".chart.zooms")).ToBeVisibleAsync();
        var grid = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!;
        await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width * 0.42f), grid.Y + (grid.Height * 0.13f));
        await watch.Page.Mouse.DownAsync();
        await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width * 0.77f), grid.Y + (grid.Height * 0.48f), new() { Steps = 4 });
        await Expect(watch.Page.Locator(".chart-rectangle")).ToBeVisibleAsync();
        await watch.Page.Mouse.UpAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?zoom=0\.4,0\.8,0\.[45]5?,0\.9$"));
        await ExpectTicksAsync(watch, "0.40", "0.80");

        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await ExpectTicksAsync(watch, "0.40", "0.80");
        await reset.ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/compare$"));
        await ExpectTicksAsync(watch, "0.0", "1.0");
        await watch.Page.GoBackAsync();
        await ExpectTicksAsync(watch, "0.40", "0.80");
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Zoom_ByKeyboardAndWheel_NeedsNoRectangle()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).PressAsync("Enter");
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"zoom=0\.2,0\.8,0\.2,0\.8$"));
        await ExpectTicksAsync(watch, "0.2", "0.8");
        await watch.Page.Locator(".chart-reader").PressAsync("Shift+ArrowRight");
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"zoom=0\.3,1,0\.2,0\.8$"));
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom out" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/compare$"));
        await ExpectTicksAsync(watch, "0.0", "1.0");
        var grid = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!;
        await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width / 2), grid.Y + (grid.Height / 2));
        await watch.Page.Keyboard.DownAsync("Control");
        await watch.Page.Mouse.WheelAsync(0, -120);
        await watch.Page.Keyboard.UpAsync("Control");
        await Expect(watch.Page).ToHaveURLAsync(new Regex("zoom="));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Run_SwitchedOffInTheLegend_IsNotDrawnAndStandsInTheAddress()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(Lines(watch)).ToHaveCountAsync(demo.Runs.Count);
        var color = await Lines(watch).Nth(1).GetAttributeAsync("stroke");
        await watch.Page.Locator(".legend-switch").First.ClickAsync();
        await Expect(Lines(watch)).ToHaveCountAsync(demo.Runs.Count - 1);
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?off=\w+$"));
        await Expect(watch.Page.Locator(".legend-switch").First).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal(color, await Lines(watch).First.GetAttributeAsync("stroke"));
        await Expect(watch.Page.Locator(".confusion")).ToHaveCountAsync(demo.Runs.Count); // its figures stay
        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(Lines(watch)).ToHaveCountAsync(demo.Runs.Count - 1);
        await watch.Page.Locator(".legend-switch").First.PressAsync("Space");
        await Expect(Lines(watch)).ToHaveCountAsync(demo.Runs.Count);
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("bands=1", 3)]
    [InlineData("chart=roc&bands=1", 3)]
    [InlineData("chart=thresholds&bands=1", 9)]
    [InlineData("layout=multiples&bands=1", 3)]
    public async Task Bands_OnRequest_AreDrawnBeneathTheLinesAndInFiles(string query, int bands)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(Address(demo, query));
        await Expect(watch.Page.Locator("path.chart-band")).ToHaveCountAsync(bands);
        await Expect(watch.Page.Locator(".legend").First).ToContainTextAsync("pointwise 95 % band, 1,000 resamples, seed 0");
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save.* as SVG$") }).First.ClickAsync());
        Assert.Contains("chart-band", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Bands", Exact = true }).ClickAsync();
        await Expect(watch.Page.Locator("path.chart-band")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("chart=roc")]
    [InlineData("layout=multiples")]
    [InlineData("chart=thresholds")]
    [InlineData("chart=scores")]
    public async Task Handle_DraggedByTheMouse_MovesThresholdAndTilesAtOnceAndThenTheAddress(string query)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(Address(demo, query));
        var handle = watch.Page.Locator(".chart-handle:visible").First;
        await Expect(handle).ToBeVisibleAsync();
        var (before, said) = (await TilesAsync(watch), await handle.GetAttributeAsync("aria-valuetext"));
        var box = (await handle.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await watch.Page.Mouse.MoveAsync(x, y);
        await watch.Page.Mouse.DownAsync();
        await watch.Page.Mouse.MoveAsync(x + 40, y + 30, new() { Steps = 6 });
        await ExpectTilesAsync(watch, before, same: false);
        Assert.DoesNotMatch("threshold=", watch.Page.Url);
        var during = await SettledAsync(watch);
        await watch.Page.Mouse.UpAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"[?&]threshold=-?\d"));
        await Expect(handle).Not.ToHaveAttributeAsync("aria-valuetext", said!);
        Assert.Equal(during, await SettledAsync(watch));
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("", "ArrowRight")]
    [InlineData("chart=roc", "ArrowLeft")]
    [InlineData("chart=thresholds", "PageUp")]
    public async Task Handle_MovedByTheKeyboard_KeepsTheFocusAndChangesTheAddressOnceItRests(string query, string key)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(Address(demo, query));
        var handle = watch.Page.Locator(".chart-handle").First;
        await Expect(handle).ToBeVisibleAsync();
        var before = await TilesAsync(watch);
        await handle.FocusAsync();
        for (var press = 0; press < 5; press++)
            await watch.Page.Keyboard.PressAsync(key);
        await ExpectTilesAsync(watch, before, same: false);
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"[?&]threshold=-?\d"));
        await Expect(handle).ToBeFocusedAsync();
        var (first, tiles) = (watch.Page.Url, await SettledAsync(watch));
        await watch.Page.Keyboard.PressAsync(key);
        await Expect(watch.Page).Not.ToHaveURLAsync(first);
        await watch.Page.GoBackAsync();
        await Expect(watch.Page).ToHaveURLAsync(first);
        await ExpectTilesAsync(watch, tiles, same: true);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Handle_OfARunWithItsOwnThreshold_MovesThatRunAlone()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        var own = string.Join(',', demo.Runs.OrderBy(run => run.Id, StringComparer.Ordinal).Select((run, place) => $"{run.Id}:{place + 1}"));
        await watch.GotoAsync(Address(demo, $"thresholds={own}"));
        var handles = watch.Page.Locator(".chart-handle");
        await Expect(handles).ToHaveCountAsync(demo.Runs.Count);
        var others = await handles.Nth(1).GetAttributeAsync("aria-valuetext");
        await handles.First.FocusAsync();
        await watch.Page.Keyboard.PressAsync("PageDown");
        await Expect(watch.Page).Not.ToHaveURLAsync(new Regex(Regex.Escape(own)));
        Assert.Contains(own[own.IndexOf(',', StringComparison.Ordinal)..], watch.Page.Url, StringComparison.Ordinal);
        await Expect(handles.Nth(1)).ToHaveAttributeAsync("aria-valuetext", others!);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Handle_DraggedByAFinger_MovesTheThreshold()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, 390);
        await watch.GotoAsync(demo.Address);
        var handle = watch.Page.Locator(".chart-handle").First;
        await handle.ScrollIntoViewIfNeededAsync();
        var box = (await handle.BoundingBoxAsync())!;
        var devtools = await watch.Page.Context.NewCDPSessionAsync(watch.Page);
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await TouchAsync(devtools, "touchStart", x, y);
        for (var step = 1; step <= 5; step++)
            await TouchAsync(devtools, "touchMove", x + (6 * step), y + (8 * step));
        await devtools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?threshold=-?\d"));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Hover_WhenZoomed_ReadsPointsThatTheApiGives()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var curve = await DemoExperiment.CurveAsync(app.Client, demo.Runs[0].Id);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(Address(demo, $"runs={demo.Runs[0].Id}&zoom=0.4,0.6,0,1"));
        await Expect(watch.Chart).ToBeVisibleAsync();
        await ExpectTicksAsync(watch, "0.40", "0.60");
        var grid = (await watch.Page.Locator(".apexcharts-grid").BoundingBoxAsync())!;
        await watch.Page.Mouse.MoveAsync(grid.X + (grid.Width / 4), grid.Y + (grid.Height / 4));
        var row = watch.Page.Locator(".chart-readout.shown tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        var shown = await row.Locator("td").AllInnerTextsAsync();
        var point = curve.First(point => point.Recall >= 0.45 - 1e-9);
        Assert.Equal(point.Recall, double.Parse(shown[3], CultureInfo.InvariantCulture), 0.011);
        Assert.Contains(curve, each => each.Recall.ToString("F4", CultureInfo.InvariantCulture) == shown[3] && each.Precision.ToString("F4", CultureInfo.InvariantCulture) == shown[2]);
        watch.AssertNoFaults();
    }

    private static ILocator Lines(PageWatch watch) => watch.Page.Locator(".apexcharts-line-series path.apexcharts-line");

    private static async Task ExpectTicksAsync(PageWatch watch, string first, string last)
    {
        var ticks = watch.Page.Locator(".chart-host:last-child .apexcharts-xaxis-label");
        await Expect(ticks.First).ToHaveTextAsync(new Regex($"^{Regex.Escape(first)}"));
        await Expect(ticks.Last).ToHaveTextAsync(new Regex($"^{Regex.Escape(last)}"));
    }

    private static async Task<string> TilesAsync(PageWatch watch) => string.Join(' ', await watch.Page.Locator(".confusion-cells b").AllTextContentsAsync());

    private static Task ExpectTilesAsync(PageWatch watch, string tiles, bool same) => watch.Page.WaitForFunctionAsync(
        "([tiles, same]) => ([...document.querySelectorAll('.confusion-cells b')].map(cell => cell.textContent).join(' ') === tiles) === same",
        new object[] { tiles, same });

    /// <summary>The tiles, once they have come to rest: two looks in a row are the same.</summary>
    private static async Task<string> SettledAsync(PageWatch watch)
    {
        var last = "";
        for (var look = 0; look < 20; look++)
        {
            await watch.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 150))");
            var now = await TilesAsync(watch);
            if (now == last)
                return now;
            last = now;
        }

        return last;
    }

    private static Task TouchAsync(ICDPSession devtools, string type, float x, float y) =>
        devtools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x, y } } });
}
