using System.Globalization;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(ResultsCollection.Name)]
public sealed class OutliersPageTests(AppHost app, BrowserFixture browser)
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
        await OpenAsync(watch, demo, "");
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Region, new() { Name = "Predictive entropy: table" })).ToBeVisibleAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Tokens of sample" }).First.ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Complementary)).ToBeVisibleAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("sample=\\d+"));
        await WhenIdleAsync(watch);
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Cut_MovedByKeyboard_ChangesTheAddressAndTheCountsFollow()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, $"?runs={demo.Runs[0].Id}");
        var before = await ListedAsync(watch);
        var slider = watch.Page.GetByRole(AriaRole.Slider).First;
        await slider.FocusAsync();
        await slider.PressAsync("PageDown");
        await slider.PressAsync("ArrowLeft");
        await Expect(watch.Page).ToHaveURLAsync(new Regex("cut=0\\.895"));
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex("^89.5 % quantile, "));
        await Expect(watch.Page.GetByLabel("Cut at the quantile, %")).ToHaveValueAsync("89.5");
        await WhenIdleAsync(watch);
        var after = await ListedAsync(watch);
        Assert.True(after > before, $"{before} samples before, {after} after a lower cut.");
        await Expect(watch.Page.Locator(".verdict b")).ToContainTextAsync($"{after} of ");

        var address = watch.Page.Url;
        await watch.Page.ReloadAsync();
        await watch.Page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(watch.Page.Locator(".outlier-link").First).ToBeVisibleAsync();
        Assert.Equal((address, after), (watch.Page.Url, await ListedAsync(watch)));
        await watch.Page.GetByLabel("Cut at the quantile, %").FillAsync("99");
        await watch.Page.GetByLabel("Cut at the quantile, %").PressAsync("Enter");
        await Expect(watch.Page).ToHaveURLAsync(new Regex("cut=0\\.99$"));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Cut_DraggedByMouse_IsOneStepInTheHistory()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, $"?runs={demo.Runs[0].Id},{demo.Runs[1].Id}");
        var start = watch.Page.Url;
        var before = await ListedAsync(watch);
        var handle = watch.Page.GetByRole(AriaRole.Slider).First;
        await handle.ScrollIntoViewIfNeededAsync();
        var box = (await handle.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await watch.Page.Mouse.MoveAsync(x, y);
        await watch.Page.Mouse.DownAsync();
        foreach (var step in Enumerable.Range(1, 8))
            await watch.Page.Mouse.MoveAsync(x - (step * 25), y);
        await Expect(watch.Page).ToHaveURLAsync(new Regex("cut=")); // it rests: the counts follow before it is let go
        await watch.Page.Mouse.MoveAsync(x - 260, y);
        await watch.Page.Mouse.UpAsync();
        await WhenIdleAsync(watch);
        Assert.InRange((await handle.BoundingBoxAsync())!.X, box.X - 275, box.X - 245);
        await Expect(watch.Page.Locator(".outlier-list-words")).Not.ToHaveTextAsync(new Regex($"^{before} "));
        Assert.True(await ListedAsync(watch) > before);
        await watch.Page.GoBackAsync();
        await Expect(watch.Page).ToHaveURLAsync(start);
        await Expect(watch.Page.Locator(".outlier-list-words")).ToHaveTextAsync(new Regex($"^{before} "));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Sort_ByARun_OrdersTheListAndStandsInTheAddress()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, $"?runs={demo.Runs[0].Id},{demo.Runs[1].Id}&cut=0.5");
        await watch.Page.Locator("[role=columnheader] a").Nth(2).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex($"sort=entropy:{demo.Runs[1].Id}$"));
        await Expect(watch.Page.Locator("[role=columnheader]").Nth(4)).ToHaveAttributeAsync("aria-sort", "descending");
        await WhenIdleAsync(watch);
        var falling = await EntropiesAsync(watch, column: 1);
        Assert.Equal(falling.OrderDescending(), falling);
        await watch.Page.Locator("[role=columnheader] a").Nth(2).ClickAsync();
        await Expect(watch.Page.Locator("[role=columnheader]").Nth(4)).ToHaveAttributeAsync("aria-sort", "ascending");
        await WhenIdleAsync(watch);
        var rising = await EntropiesAsync(watch, column: 1);
        Assert.Equal(rising.Order(), rising);
        Assert.True(rising[0] < falling[0]);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task List_ScrolledToItsEnd_ShowsTheLastSampleOfAll()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, $"?runs={demo.Runs[0].Id}&cut=0&sort=sample");
        var total = await ListedAsync(watch);
        Assert.True(total > 100);
        Assert.True(await watch.Page.Locator(".outlier-rows [aria-rowindex]").CountAsync() < 60);
        await watch.Page.Locator(".outlier-link").First.FocusAsync();
        await watch.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(watch.Page.Locator("[aria-rowindex='3'] .outlier-link")).ToBeFocusedAsync();
        await watch.Page.Keyboard.PressAsync("End");
        await Expect(watch.Page.Locator($"[aria-rowindex='{total + 1}'] .outlier-link")).ToBeFocusedAsync();
        await Expect(watch.Page.Locator($"[aria-rowindex='{total + 1}']")).ToBeInViewportAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Sample_OpenedAndLeft_LeadsBackToItsPlaceInTheList()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, $"?runs={demo.Runs[0].Id}&cut=0&by=margin");
        await watch.Page.Locator(".outlier-link").First.FocusAsync();
        await watch.Page.Keyboard.PressAsync("End");
        var last = watch.Page.Locator(".outlier-link:focus");
        await Expect(last).ToHaveCountAsync(1);
        await Expect(watch.Page.Locator($"[aria-rowindex='{await ListedAsync(watch) + 1}'] .outlier-link")).ToBeFocusedAsync();
        var index = await last.GetAttributeAsync("data-sample");
        await watch.Page.Keyboard.PressAsync("Enter");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = $"Sample {index}", Level = 2 })).ToBeVisibleAsync();
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex($"by=margin&cut=0&sample={index}$"));
        await Expect(watch.Page.Locator($".outlier-link[data-sample='{index}']")).ToBeInViewportAsync();
        await watch.Page.GoBackAsync();
        await watch.Page.GoBackAsync();
        await Expect(watch.Page.Locator($".outlier-link[data-sample='{index}']")).ToBeInViewportAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Cell_OfASlicedCompareView_ListsWhatItCountsAndSaysWhatThatIs()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"{demo.Address}?runs={demo.Runs[0].Id}&judging=folds&slice=chat&abstain=0.6");
        var compare = watch.Page.Url;
        var cell = watch.Page.Locator(".confusion-cells a").First;
        var count = int.Parse(await cell.Locator("b").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await cell.ClickAsync();
        await Expect(watch.Page.Locator(".scope-note")).ToContainTextAsync("Only source chat.");
        await Expect(watch.Page.Locator(".scope-note")).ToContainTextAsync("above an entropy of 0.600 nats");
        await Expect(watch.Page.Locator(".verdict b")).ToContainTextAsync("at the threshold that the other folds chose");
        Assert.Equal(count, await ListedAsync(watch));
        await watch.AssertAccessibleAsync();

        await watch.Page.Locator(".outlier-list-words").ScrollIntoViewIfNeededAsync();
        await watch.Page.Locator(".outlier-link").First.ClickAsync();
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Expect(watch.Page.Locator(".scope-note")).ToContainTextAsync("Only source chat.");
        Assert.Equal(count, await ListedAsync(watch));
        foreach (var _ in Enumerable.Range(0, 3))
            await watch.Page.GoBackAsync();
        await Expect(watch.Page).ToHaveURLAsync(compare);
        await Expect(cell).ToContainTextAsync(count.ToString("N0", CultureInfo.InvariantCulture));

        await cell.ClickAsync();
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Show all samples" }).ClickAsync();
        await Expect(watch.Page.Locator(".scope-note")).Not.ToContainTextAsync("Only source chat.");
        await Expect(watch.Page.Locator(".outlier-list-words")).Not.ToHaveTextAsync(new Regex($"^{count} "));
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData("PNG", ".png")]
    [InlineData("SVG", ".svg")]
    public async Task Histograms_Saved_AreAFileWithContent(string button, string extension)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, "");
        var download = await watch.Page.RunAndWaitForDownloadAsync(() => watch.Page.GetByRole(AriaRole.Button, new() { Name = $"Save as {button}" }).ClickAsync());
        Assert.StartsWith("predictive-entropy-of-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.EndsWith(extension, download.SuggestedFilename, StringComparison.Ordinal);
        Assert.True(new FileInfo((await download.PathAsync())!).Length > 5_000);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Search_WithoutAHit_SaysSoAndIsClearedInOneClick()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address);
        await OpenAsync(watch, demo, "");
        var before = await ListedAsync(watch);
        await watch.Page.GetByLabel("Search in the text").FillAsync("no text holds this");
        await watch.Page.GetByLabel("Search in the text").PressAsync("Enter");
        await Expect(watch.Page.GetByText("No text of these samples holds")).ToBeVisibleAsync();
        await watch.AssertAccessibleAsync();
        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(watch.Page.Locator(".outlier-list-words")).ToHaveTextAsync(new Regex($"^{before} "));
        await Expect(watch.Page.GetByLabel("Search in the text")).ToHaveValueAsync("");
        watch.AssertNoFaults();
    }

    private static async Task OpenAsync(PageWatch watch, DemoExperiment demo, string query)
    {
        await watch.GotoAsync($"/experiments/{demo.Id}/outliers{query}");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = demo.Name, Level = 1 })).ToBeVisibleAsync();
        await watch.Page.Locator(".outlier-list-words").ScrollIntoViewIfNeededAsync(); // rows are read when they come into sight
        await Expect(watch.Page.Locator(".outlier-link").First).ToBeVisibleAsync();
    }

    private static async Task WhenIdleAsync(PageWatch watch)
    {
        await Expect(watch.Page.Locator(".outliers")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(watch.Page.Locator(".outlier-link").First).ToBeVisibleAsync();
    }

    private static async Task<int> ListedAsync(PageWatch watch) =>
        int.Parse((await watch.Page.Locator(".outlier-list-words").InnerTextAsync()).Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<double>> EntropiesAsync(PageWatch watch, int column)
    {
        var titles = await watch.Page.Locator(".outlier-rows .outlier-row").EvaluateAllAsync<string[]>($"rows => rows.map(row => row.querySelectorAll('.outlier-answer')[{column}]?.querySelector('.outlier-figure')?.title).filter(title => title)");
        return [.. titles.Select(title => double.Parse(title, CultureInfo.InvariantCulture))];
    }
}
