using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(ResultsCollection.Name)]
public sealed class ComparePageTests(AppHost app, BrowserFixture browser)
{
    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

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
        var place = 3; // after the means
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
    public async Task Baseline_Chosen_StandsInTheAddressAndTheDifferencesAreTheApis()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var runs = demo.Runs.OrderBy(run => int.Parse(run.Id, CultureInfo.InvariantCulture)).ToList();
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync(demo.Address);
        var card = watch.Page.Locator(".differences-card");
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(runs.Count - 1);
        await card.GetByRole(AriaRole.Combobox).SelectOptionAsync(runs[^1].Name);
        await Expect(watch.Page).ToHaveURLAsync(new Regex($@"\?baseline={runs[^1].Id}$"));
        await Expect(card.Locator("tbody th").First).ToContainTextAsync(runs[0].Name);
        var compared = await app.Client.GetFromJsonAsync<JsonElement>($"/api/experiments/{demo.Id}/compare?runs={string.Join(',', runs.Select(run => run.Id))}&baseline={runs[^1].Id}");
        var difference = compared.GetProperty("runs")[0].GetProperty("againstBaseline").GetProperty("averagePrecision").GetProperty("difference").GetDouble();
        await Expect(card.Locator("tbody tr").First.Locator("td").First).ToContainTextAsync(Math.Abs(difference).ToString("F3", CultureInfo.InvariantCulture));
        await watch.Page.ReloadAsync();
        await Expect(card.GetByRole(AriaRole.Combobox)).ToHaveValueAsync(runs[^1].Id);
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
        await Expect(watch.Page.Locator("table.figures tbody tr").First.Locator("td").Nth(column)).ToContainTextAsync(recall.ToString("F3", CultureInfo.InvariantCulture));
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
        await Expect(watch.Page.Locator(".run-progress")).ToContainTextAsync(new Regex("running, so far [0-9]+ of 300 samples"));
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

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var response = await app.Client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
