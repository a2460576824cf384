using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync(demo.Address);
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

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task SeveralLabelsInSmallMultiples_AtEveryWidthAndTheme_FitAndAreAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync($"{demo.Address}?layout=multiples&threshold=0.5");
        await Expect(watch.Chart).ToHaveCountAsync(demo.Runs.Count);
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
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
    public async Task Keyboard_InTheChart_GoesFromPointToPoint()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var run = demo.Runs[0];
        var curve = await DemoExperiment.CurveAsync(app.Client, run.Id);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={run.Id}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var reader = watch.Page.GetByRole(AriaRole.Slider);
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
    public async Task Probability_Typed_BecomesTheThresholdInTheAddressAndComesBackAfterAReload()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.Page.GetByLabel("Rule, applied to each run").SelectOptionAsync("A threshold of my own");
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?threshold="));
        var probability = watch.Page.GetByLabel("Probability", new() { Exact = true });
        await probability.FillAsync("0.9");
        await probability.PressAsync("Enter");
        await Expect(watch.Page).ToHaveURLAsync(new Regex(@"\?threshold=2\.19722457733621\d*$"));
        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(probability).ToHaveValueAsync("0.9");
        await Expect(watch.Page.GetByLabel("Log odds", new() { Exact = true })).ToHaveValueAsync(new Regex(@"^2\.19722457733621\d*$"));
        await Expect(watch.Page.Locator(".confusion h3").First).ToContainTextAsync("log odds 2.20 · p 0.900");
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.Page.GetByLabel("Operating point of every run").SelectOptionAsync("Highest F1");
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/compare$"));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Label_ChosenByItsRow_ShowsItsCurvesAndLeavesTheAddressWhenItIsTheDefault()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        var table = watch.Page.Locator("table.labels");
        await Expect(table.Locator("tbody tr").First).ToContainTextAsync("Macro mean");
        var names = await table.Locator("tbody a").AllInnerTextsAsync();
        Assert.Equal(10, names.Count);
        await table.GetByRole(AriaRole.Link, new() { Name = names[3] }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex($@"\?positive={names[3]}$"));
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = $"Precision and recall of {names[3]}" })).ToBeVisibleAsync();
        await Expect(watch.Page.GetByLabel("Positive label", new() { Exact = true })).ToHaveValueAsync(names[3]);
        await table.GetByRole(AriaRole.Link, new() { Name = names[0] }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/compare$"));
        await watch.Page.GoBackAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = $"Precision and recall of {names[3]}" })).ToBeVisibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task LabelTable_HoldsTheApisFigures()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={demo.Runs[^1].Id}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var metrics = await app.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{demo.Runs[^1].Id}/metrics");
        var rows = watch.Page.Locator("table.labels tbody tr");
        Assert.Equal(metrics.GetProperty("macroAveragePrecision").GetDouble().ToString("F3", CultureInfo.InvariantCulture), await rows.First.Locator("td").Nth(1).InnerTextAsync());
        var place = 2;
        foreach (var label in metrics.GetProperty("perLabel").EnumerateArray())
        {
            string[] expected = [label.GetProperty("support").ToString(), .. new[] { "averagePrecision", "precision", "recall", "f1" }.Select(figure => label.GetProperty(figure).GetDouble().ToString("F3", CultureInfo.InvariantCulture))];
            Assert.Equal(expected, await rows.Nth(place++).Locator("td").AllInnerTextsAsync());
        }

        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task ConfusionCell_Clicked_OpensItsSamples()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var run = demo.Runs[0];
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={run.Id}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("ham taken for spam") })).ToHaveAttributeAsync("href", $"/experiments/{demo.Id}/outliers?runs={run.Id}&label=ham&predicted=spam");
        var metrics = await app.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{run.Id}/metrics");
        var threshold = metrics.GetProperty("operatingPoint").GetProperty("threshold").GetDouble().ToString("R", CultureInfo.InvariantCulture);
        await watch.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("spam missed") }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex($@"/experiments/{demo.Id}/outliers\?runs={run.Id}&positive=spam&threshold={Regex.Escape(threshold)}&outcome=missed$"));
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

    [SkippableFact]
    public async Task Run_Unselected_IsLeftOutOfTheAddressAndStaysOutAfterAReload()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={string.Join(',', demo.Runs.Select(run => run.Id))}");
        await Expect(watch.Chart).ToBeVisibleAsync();
        var choices = watch.Page.Locator(".run-choice input");
        await choices.First.ClickAsync(); // not "uncheck": that demands the box to have changed at once, and the server decides
        await Expect(choices.First).Not.ToBeCheckedAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex($@"\?runs={string.Join(',', demo.Runs.Select(run => run.Id).OrderBy(id => int.Parse(id, CultureInfo.InvariantCulture)).Skip(1))}$"));
        await Expect(watch.Page.Locator(".legend-item:has(.dash-swatch)")).ToHaveCountAsync(demo.Runs.Count - 1);
        var address = watch.Page.Url;

        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(watch.Chart).ToBeVisibleAsync();
        await Expect(choices.First).Not.ToBeCheckedAsync();
        await Expect(watch.Page.Locator(".legend-item:has(.dash-swatch)")).ToHaveCountAsync(demo.Runs.Count - 1);
        await Expect(watch.Page).ToHaveURLAsync(address);
        await watch.Page.GoBackAsync();
        await Expect(choices.First).ToBeCheckedAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Rule_Chosen_StandsInTheAddressAndMovesTheOperatingPoint()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        await Expect(watch.Chart).ToBeVisibleAsync();
        await watch.Page.GetByLabel("Rule, applied to each run").SelectOptionAsync("Recall");
        await Expect(watch.Page).ToHaveURLAsync(new Regex("rule=recall:0\\.9"));
        await Expect(watch.Page.GetByLabel("Recall, 0 to 1")).ToHaveValueAsync("0.9");
        var metrics = await app.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{demo.Runs.MinBy(run => int.Parse(run.Id, CultureInfo.InvariantCulture))!.Id}/metrics?rule=recall:0.9");
        var recall = metrics.GetProperty("operatingPoint").GetProperty("recall").GetDouble();
        Assert.True(recall >= 0.9);
        var column = (await watch.Page.Locator("table.figures thead th").AllInnerTextsAsync()).ToList().IndexOf("Recall") - 1;
        await Expect(watch.Page.Locator("table.figures tbody tr").First.Locator("td").Nth(column)).ToHaveTextAsync(recall.ToString("F3", CultureInfo.InvariantCulture));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task RunUnderWay_IsFollowedFromItsStartToItsEnd()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var dataset = (await app.Client.GetFromJsonAsync<JsonElement>($"/api/experiments/{demo.Id}")).GetProperty("datasetId").GetString();
        var endpoint = await PostAsync("/api/endpoints", new { name = "slow", baseUrl = new Uri(app.Address, "/demo/v1"), model = "demo-ngram", requestsPerMinute = 120, maxConcurrency = 1 });
        var experiment = await PostAsync("/api/experiments", new
        {
            name = "Slow",
            datasetId = dataset,
            endpointId = endpoint.GetProperty("id").GetString(),
            labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } },
        });
        var address = $"/experiments/{experiment.GetProperty("id").GetString()}";
        await PostAsync($"/api{address}/variants", new { name = "only", user = "Is this spam? Yes or No.\n{{ text }}" });
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(address + "/compare");
        await Expect(watch.Page.GetByText("This experiment has no runs yet.")).ToBeVisibleAsync();
        var run = (await PostAsync($"/api{address}/runs", new { useCache = false })).GetProperty("runs")[0].GetProperty("id").GetString();
        await Expect(watch.Page.Locator(".run-progress")).ToContainTextAsync(new Regex("running, [0-9]+ of 300"));
        await Expect(watch.Page.Locator("table.figures tbody tr")).ToHaveCountAsync(1);
        await PostAsync($"/api/runs/{run}/cancel", new { });
        await Expect(watch.Page.Locator(".run-status")).ToHaveTextAsync("cancelled");
        await Expect(watch.Page.Locator(".run-progress")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Theme_Chosen_IsThereFromTheFirstFrameOfTheNextVisit()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
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

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var response = await app.Client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
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
