using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>The whole job as a person does it, on a product with nothing in it: from a file with a mistake to outliers and a link.</summary>
[Collection(WorkCollection.Name)]
public sealed class MainJobTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task MainJob_FromAnEmptyProductWithSupportTickets_EndsWithALinkThatShowsTheSame()
    {
        var app = new EmptyAppHost();
        await app.InitializeAsync();
        try
        {
            await using var watch = await browser.OpenAsync(app.Address);
            await watch.GotoAsync("/");
            await watch.Page.GetByRole(AriaRole.Link, new() { Name = "New experiment" }).First.ClickAsync();
            await BringInTheTicketsAsync(watch.Page);
            await NameTheLabelsAsync(watch.Page);
            var experiment = await CreateWithAPromptAsync(watch.Page);
            await WriteAnotherPromptAsync(watch.Page);
            await RunBothAsync(watch.Page);
            await CompareAsync(watch.Page, app, experiment);
            await SortOutliersAsync(watch.Page);
            watch.AssertNoFaults();
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task BringInTheTicketsAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Bring a file in" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Bring a file in" })).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/datasets/import\\?for="));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Choose a file" })).ToBeEnabledAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "tickets.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(SupportTickets.Csv()) });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "tickets.csv", Level = 1 })).ToBeVisibleAsync();

        // The mistake in row 17 is named, and what was made of the row can be seen.
        await Expect(page.GetByText("row 17", new() { Exact = false }).First).ToBeVisibleAsync();
        await Expect(page.GetByText($"{SupportTickets.Count} rows of text with 10 labels", new() { Exact = false })).ToBeVisibleAsync();

        // The mapping is corrected: the numbers are ids.
        await page.GetByLabel("Role of column Ticket Id").SelectOptionAsync("Id");
        await Expect(page).ToHaveURLAsync(new Regex("idColumn=Ticket"));
        await page.GetByRole(AriaRole.Button, new() { Name = $"Import {SupportTickets.Count} rows" }).ClickAsync();
    }

    private static async Task NameTheLabelsAsync(IPage page)
    {
        await Expect(page).ToHaveURLAsync(new Regex("/experiments/new/.*step=labels"));
        await Expect(page.GetByText("begin with “billing”", new() { Exact = false })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use letter codes" }).First.ClickAsync();
        await Expect(page.GetByLabel("Label words of Billing dispute")).ToHaveValueAsync("C");
        await Expect(page.GetByText("begin with “billing”", new() { Exact = false })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: prompt and endpoint" }).ClickAsync();
    }

    private static async Task<string> CreateWithAPromptAsync(IPage page)
    {
        await Expect(page).ToHaveURLAsync(new Regex("step=prompt"));
        await page.GetByLabel("Name of the experiment").FillAsync("Ticket queues");
        await Expect(page.GetByText("C: Billing dispute", new() { Exact = false }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create without a run" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/experiments/\\d+/"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ticket queues", Level = 1 })).ToBeVisibleAsync();
        return Regex.Match(page.Url, "/experiments/(\\d+)/").Groups[1].Value;
    }

    /// <summary>With a mistake at first, which stands at its line; then tried on a sample before it is saved.</summary>
    private static async Task WriteAnotherPromptAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Prompts") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "+ Variant" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("variants=\\d+,new"));
        var card = page.GetByRole(AriaRole.Article).Last;
        var user = card.GetByLabel("User", new() { Exact = true });
        await Expect(user).ToBeEnabledAsync();
        await card.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Described");
        await user.FillAsync(SupportTickets.Prompt.Replace("columns[\"Ticket Subject\"]", "columns[\"Ticket Subjekt\"]", StringComparison.Ordinal));
        await Expect(card.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Line 14, column") })).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        await user.FillAsync(SupportTickets.Prompt);
        await card.GetByRole(AriaRole.Button, new() { Name = "Try Described" }).ClickAsync();
        await Expect(card.Locator(".token-bars").First).ToBeVisibleAsync();
        await Expect(card.GetByText("predicted", new() { Exact = true })).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("variants=\\d+,\\d+"));
    }

    private static async Task RunBothAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = $"Run both on {SupportTickets.Count} samples" }).ClickAsync();
        await Expect(page.GetByText($"{2 * SupportTickets.Count} calls to demo-ngram")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start 2 runs" }).ClickAsync();
        var runs = page.GetByRole(AriaRole.Article);
        await Expect(runs).ToHaveCountAsync(2);
        foreach (var run in await runs.AllAsync())
        {
            await Expect(run.GetByText("Completed")).ToBeVisibleAsync(); // without a reload: the page follows the run
            await Expect(run.GetByText($"{SupportTickets.Count} of {SupportTickets.Count}")).ToBeVisibleAsync();
        }
    }

    private static async Task CompareAsync(IPage page, AppHost app, string experiment)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Experiment" }).GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Locator(".chart-canvas[data-drawn]").First).ToBeVisibleAsync();
        var runs = await DemoExperiment.RunsOfAsync(app.Client, experiment);
        Assert.Equal(2, runs.Count);
        var points = new List<DemoExperiment.Point>();
        foreach (var run in runs)
            points.AddRange(await DemoExperiment.CurveAsync(app.Client, run.Id));
        var grid = (await page.Locator(".apexcharts-grid").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(grid.X + (grid.Width / 2), grid.Y + (grid.Height / 2));
        var rows = page.Locator(".chart-readout.shown tbody tr");
        await Expect(rows).ToHaveCountAsync(2);
        foreach (var row in await rows.AllAsync())
        {
            string[] shown = [.. (await row.Locator("td").AllInnerTextsAsync()).Select(text => text.Trim().Replace('\u2212', '-'))];
            double? threshold = double.TryParse(shown[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
            Assert.Contains(points, point => point.Threshold == threshold && Rounded(point.Precision) == shown[2] && Rounded(point.Recall) == shown[3]);
        }
    }

    private static async Task SortOutliersAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Experiment" }).GetByRole(AriaRole.Link, new() { Name = "Outliers" }).ClickAsync();
        var list = page.Locator(".outlier-link");
        await page.GetByRole(AriaRole.Link, new() { Name = "Margin", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("by=margin"));
        await page.GetByLabel("Sort").SelectOptionAsync(new SelectOptionValue { Label = "Described: highest margin" });
        await Expect(page).ToHaveURLAsync(new Regex("sort="));
        await Expect(page.Locator(".outliers")).ToHaveAttributeAsync("aria-busy", "false");
        await page.Locator(".outlier-list-words").ScrollIntoViewIfNeededAsync(); // rows are read when they come into sight
        await Expect(list.First).ToBeVisibleAsync();
        var address = page.Url;
        var shown = await FirstTextsAsync();
        Assert.NotEmpty(shown);

        await page.ReloadAsync();
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.Locator("main[data-interactive]")).ToBeVisibleAsync();
        await Expect(page.Locator(".outliers")).ToHaveAttributeAsync("aria-busy", "false");
        await page.Locator(".outlier-list-words").ScrollIntoViewIfNeededAsync(); // rows are read when they come into sight
        await Expect(list.First).ToBeVisibleAsync();
        Assert.Equal(address, page.Url);
        Assert.Equal(shown, await FirstTextsAsync());

        async Task<IReadOnlyList<string>> FirstTextsAsync() => [.. (await list.AllInnerTextsAsync()).Take(3)];
    }

    private static string Rounded(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
