using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>An experiment by the three steps: as a person makes it, leaves it, and finds it again.</summary>
[Collection(WorkCollection.Name)]
public sealed partial class StartPageTests(AppHost app, BrowserFixture browser)
{
    private static readonly string[] Kinds =
        ["account access", "account deletion", "account billing", "order status", "order return", "order change", "payment failed", "payment refund", "technical issue", "technical question"];

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Start_WithTenLabelsThatOneTokenCannotTellApart_FixesThemInOneClickAndRuns(int width, ColorScheme scheme)
    {
        var dataset = await ImportAsync($"Tickets at {width}");
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        var page = watch.Page;
        await watch.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "New experiment" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What is to be classified?" })).ToBeVisibleAsync();
        await AssertSoundAsync(watch);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Use this: {dataset}" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(LabelsStep());
        await Expect(page.GetByText("One answer token may not tell these labels apart.")).ToBeVisibleAsync();
        await Expect(page.GetByText("and 5 more pairs")).ToBeVisibleAsync();
        await AssertSoundAsync(watch);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use letter codes" }).ClickAsync();
        await Expect(page.GetByText("One answer token tells these labels apart.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel($"Label words of {Kinds[0]}")).ToHaveValueAsync(SingleLetter());
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: prompt and endpoint" }).ClickAsync();

        await Expect(page.GetByLabel("User", new() { Exact = true })).ToHaveValueAsync(CodeLine());
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "The user message" })).ToContainTextAsync("please see to");
        await page.GetByLabel("Name of the experiment").FillAsync($"Tickets by letter, {width}");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();
        await AssertSoundAsync(watch);
        await page.GetByLabel("Samples of the first run").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create and run on 30 samples" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(RunsPage());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Tickets by letter, {width}");
        var run = await WhenEndedAsync(RunsPage().Match(page.Url).Groups["id"].Value);
        Assert.Equal(("completed", 30, 0, 0), (run.GetProperty("status").GetString(), run.GetProperty("completed").GetInt32(), run.GetProperty("failed").GetInt32(), run.GetProperty("unscorable").GetInt32()));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Start_LeftInTheSecondStep_IsFoundOnTheListAndGoesOnWithEverythingThere()
    {
        var dataset = await ImportAsync("Tickets to leave");
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync("/experiments/new");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Use this: {dataset}" }).ClickAsync();
        await page.GetByLabel("Label words of order return").PressAsync("End");
        await page.GetByLabel("Label words of order return").PressSequentiallyAsync(", returned goods, ", new() { Delay = 5 });
        await page.GetByLabel("Leave technical question out").ClickAsync();
        await page.GetByLabel("order status is the positive label").CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Experiments" }).ClickAsync(); // at once: what is not saved yet is saved on leaving

        await Expect(page.GetByText("step 2 of 3, 9 labels")).ToBeVisibleAsync();
        await AssertSoundAsync(watch);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Continue {dataset}" }).ClickAsync();
        await Expect(page.GetByLabel("Label words of order return")).ToHaveValueAsync("order return, returned goods, ");
        await Expect(page.GetByLabel("order status is the positive label")).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Put technical question back" })).ToBeVisibleAsync();

        await page.ReloadAsync();
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.GetByLabel("Label words of order return")).ToHaveValueAsync("order return, returned goods, ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Experiments");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Continue {dataset}" })).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Draft_ChangedInASecondTab_IsToldInTheFirstAndNothingIsLost()
    {
        var dataset = await ImportAsync("Tickets in two tabs");
        await using var first = await browser.OpenAsync(app.Address);
        await using var second = await browser.OpenAsync(app.Address);
        await first.GotoAsync("/experiments/new");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = $"Use this: {dataset}" }).ClickAsync();
        await Expect(first.Page).ToHaveURLAsync(LabelsStep());
        var address = new Uri(first.Page.Url).PathAndQuery;
        await second.GotoAsync(address);
        await second.Page.GetByLabel("Label words of order return").FillAsync("from the second");
        await Expect(second.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        await first.Page.GetByLabel("Label words of order change").FillAsync("from the first");
        await Expect(first.Page.GetByText("This draft was changed in another tab or over the API.")).ToBeVisibleAsync();
        await AssertSoundAsync(first);
        await first.Page.GetByRole(AriaRole.Link, new() { Name = "Datasets" }).ClickAsync();
        await Expect(first.Page.GetByText("Leave without saving?")).ToBeVisibleAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Stay here" }).ClickAsync();
        await Expect(first.Page.GetByLabel("Label words of order change")).ToHaveValueAsync("from the first");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Load what was saved elsewhere" }).ClickAsync();
        await Expect(first.Page.GetByLabel("Label words of order return")).ToHaveValueAsync("from the second");
        await Expect(first.Page.GetByLabel("Label words of order change")).ToHaveValueAsync("order change");
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task EmptyProduct_LeadsFromNothingToTheLabelsOfTheDemoMessages(int width, ColorScheme scheme)
    {
        var empty = new EmptyAppHost();
        await empty.InitializeAsync();
        try
        {
            await using var watch = await browser.OpenAsync(empty.Address, width, scheme);
            await watch.GotoAsync("/experiments/new");
            await Expect(watch.Page.GetByText("There are no datasets yet.")).ToBeVisibleAsync();
            await AssertSoundAsync(watch);
            await watch.GotoAsync("/");
            await AssertSoundAsync(watch);
            await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Start with the demo messages" }).ClickAsync();
            await Expect(watch.Page.GetByLabel("spam is the positive label")).ToBeCheckedAsync();
            await watch.GotoAsync("/");
            await Expect(watch.Page.GetByText("No experiment is finished yet")).ToBeVisibleAsync();
            await AssertSoundAsync(watch);
            watch.AssertNoFaults();
        }
        finally
        {
            await empty.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task NewWithADataset_BeginsADraftWithIt_Once()
    {
        var name = await ImportAsync("Tickets by link");
        var dataset = (await ItemsAsync("/api/datasets")).First(item => item.GetProperty("name").GetString() == name).GetProperty("id").GetString();
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/experiments/new?dataset={dataset}");
        await Expect(watch.Page).ToHaveURLAsync(LabelsStep());
        await Expect(watch.Page.GetByLabel("Label words of order return")).ToHaveValueAsync("order return");
        Assert.Single(await ItemsAsync("/api/experiments/drafts"), draft => draft.GetProperty("content").GetProperty("datasetId").GetString() == dataset);
        watch.AssertNoFaults();
    }

    private static async Task AssertSoundAsync(PageWatch watch)
    {
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
    }

    private async Task<string> ImportAsync(string name)
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(row => $"please see to ticket {row},{Kinds[row % Kinds.Length]}\n"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("text,label\n" + rows)), "file", "tickets.csv" }, { new StringContent(name), "name" } };
        (await app.Client.PostAsync("/api/datasets", form)).EnsureSuccessStatusCode();
        return name;
    }

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string path) => [.. (await app.Client.GetFromJsonAsync<JsonElement>(path)).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> WhenEndedAsync(string experimentId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync(patience.Token))
        {
            if (await ItemsAsync($"/api/experiments/{experimentId}/runs") is [{ } run, ..] && run.GetProperty("status").GetString() is "completed" or "failed")
                return (await ItemsAsync($"/api/experiments/{experimentId}/runs"))[0];
        }

        throw new InvalidOperationException("The run did not end.");
    }

    [GeneratedRegex(@"/experiments/new/\d+\?step=labels$")]
    private static partial Regex LabelsStep();

    [GeneratedRegex(@"/experiments/(?<id>\d+)/runs$")]
    private static partial Regex RunsPage();

    [GeneratedRegex("^[A-J]$")]
    private static partial Regex SingleLetter();

    [GeneratedRegex("\nA: .+\nB: .+\nC: ")]
    private static partial Regex CodeLine();
}
