using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(WorkCollection.Name)]
public sealed class DatasetsPagesTests(AppHost app, BrowserFixture browser)
{
    private static readonly string[] Queues = ["Billing", "Network", "Hardware", "Access", "Email", "Printing", "VPN", "Software", "Security", "Other"];

    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    /// <summary>Ten queues, 120 tickets; in row 17 somebody forgot the quotes around a subject with commas.</summary>
    private static byte[] Tickets => Encoding.UTF8.GetBytes("Ticket No,Ticket Subject,Queue,Notes\n" + string.Concat(Enumerable.Range(1, 120).Select(row =>
        row == 17 ? "T-17,Printer, again, prints only half,Printing,by phone\n" : $"T-{row},Something is the matter with ticket {row},{Queues[row % 10]},by phone\n")));

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Tickets_UploadedCorrectedImported_CanBeBrowsed(int width, ColorScheme scheme)
    {
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        var page = watch.Page;
        await watch.GotoAsync("/datasets");
        await CheckAsync(watch);

        await SendAsync(page, "tickets.csv", Tickets);
        await Expect(page).ToHaveURLAsync(new Regex("/datasets/import\\?upload=[0-9a-f]{32}$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("tickets.csv");
        await Expect(page.GetByText("120 rows of text with no label.")).ToBeVisibleAsync();
        await CheckAsync(watch);

        await page.GetByLabel("Role of column Queue").SelectOptionAsync("Label");
        await Expect(page.GetByText("120 rows of text with 11 labels.")).ToBeVisibleAsync();
        await page.GetByLabel("Id column").SelectOptionAsync("Ticket No");
        await Expect(page).ToHaveURLAsync(new Regex("textColumn=Ticket%20Subject&labelColumn=Queue&sourceColumn=&idColumn=Ticket%20No"));
        await Expect(page.Locator(".warnings")).ToContainTextAsync("more cells than there are columns");
        var row = page.GetByRole(AriaRole.Region, new() { Name = "Row 17, cell by cell" });
        await Expect(row.Locator("td.odd")).ToHaveTextAsync(["Printing", "by phone"]);
        await Expect(row.GetByText("again", new() { Exact = true })).ToBeVisibleAsync();

        await page.ReloadAsync();
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.GetByLabel("Role of column Queue")).ToHaveValueAsync("Label");
        await page.Locator("main[data-interactive]").WaitForAsync();
        await page.GetByLabel("Name of the dataset").FillAsync($"Tickets {width}");
        await CheckAsync(watch);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 120 rows" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/datasets/\\d+$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Tickets {width}");
        await CheckAsync(watch);
        await page.GetByRole(AriaRole.Link, new() { Name = "Row 17" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sample=16$"));
        await Expect(page.Locator(".opened")).ToContainTextAsync("""["Printing","by phone"]""");
        await Expect(page.Locator(".opened")).ToBeInViewportAsync();
        await CheckAsync(watch);
        await page.GetByRole(AriaRole.Link, new() { Name = "Security 12" }).ClickAsync();
        await Expect(page.GetByText("12 of 120 rows")).ToBeVisibleAsync();
        await page.GetByLabel("Search in the texts").FillAsync("TICKET 18");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByText("1 of 120 rows")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("search=TICKET%2018&label=Security$"));
        await page.GoBackAsync();
        await Expect(page.GetByText("12 of 120 rows")).ToBeVisibleAsync();
        await page.GetByLabel("Search in the texts").FillAsync("zebra");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByText("No row matches.")).ToBeVisibleAsync();
        await CheckAsync(watch);
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Mapping_ThatCannotBe_IsSaidAtItsFieldAndTakenBack()
    {
        var id = await UploadAsync("tickets.csv", Tickets);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/datasets/import?upload={id}&labelColumn=Nonsense");
        await Expect(watch.Page.Locator("#labelColumn-problem")).ToContainTextAsync("no column \"Nonsense\"");
        await Expect(watch.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        await Expect(watch.Page.GetByLabel("Role of column Queue")).ToBeVisibleAsync();
        await CheckAsync(watch);
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Let it be found out" }).ClickAsync();
        await Expect(watch.Page.GetByRole(AriaRole.Button, new() { Name = "Import 120 rows" })).ToBeEnabledAsync();
        await watch.Page.GetByLabel("Delimiter").SelectOptionAsync(";");
        await Expect(watch.Page.GetByText("1 column", new() { Exact = false }).Or(watch.Page.GetByText("The text is in"))).ToBeVisibleAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("delimiter=%3B$"));
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task BrokenFiles_AreAnsweredWithASentenceAndTheChanceToPickAgain(int width, ColorScheme scheme)
    {
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        var page = watch.Page;
        await watch.GotoAsync("/datasets/import");
        await SendAsync(page, "nothing.csv", []);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing.csv is empty.");
        await CheckAsync(watch);
        await SendAsync(page, "picture.csv", [.. Enumerable.Repeat<byte[]>([0, 1, 2, 3, 255, 254, 7], 500).SelectMany(bytes => bytes)]);
        await Expect(page.GetByText("The file is no text: it holds binary data.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        await CheckAsync(watch);
        await SendAsync(page, "tickets.csv", Tickets);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import 120 rows" })).ToBeEnabledAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Upload_ThatBreaksOff_CanBeTriedAgain()
    {
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync("/datasets");
        await page.RouteAsync("**/api/datasets/uploads", route => route.AbortAsync("connectionreset"));
        await SendAsync(page, "tickets.csv", Tickets);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The connection was lost");
        await watch.AssertAccessibleAsync();
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("tickets.csv");
    }

    [SkippableFact]
    public async Task File_DroppedBesideTheZone_IsTakenAndDoesNotReplaceThePage()
    {
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync("/datasets");
        await page.Locator(".drop-zone[data-ready]").WaitForAsync();
        await page.EvaluateAsync("""
            text => {
              const files = new DataTransfer();
              files.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
              for (const type of ['dragenter', 'dragover', 'drop'])
                document.querySelector('h1').dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
            }
            """, Encoding.UTF8.GetString(Tickets));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("dropped.csv");
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task ImportForADraft_LeadsBackToItsStart()
    {
        var id = await UploadAsync("tickets.csv", Tickets);
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/datasets/import?upload={id}&for=d1");
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Import 120 rows" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("/experiments/new/d1\\?dataset=\\d+$"));
    }

    [SkippableFact]
    public async Task Dataset_InUse_SaysWhoUsesItAndStays_AnotherIsDeletedOnceThatIsConfirmed()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var used = (await app.Client.GetFromJsonAsync<JsonElement>($"/api/experiments/{demo.Id}")).GetProperty("datasetId").GetString();
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await watch.GotoAsync($"/datasets/{used}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(demo.Name);
        await CheckAsync(watch);

        using var form = new MultipartFormDataContent { { new ByteArrayContent(Tickets), "file", "throwaway.csv" } };
        using var imported = await app.Client.PostAsync("/api/datasets", form);
        var id = (await imported.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await watch.GotoAsync($"/datasets/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the dataset" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/datasets$"));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "throwaway" })).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task List_SearchedAndSorted_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        var page = watch.Page;
        await watch.GotoAsync("/datasets");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Sort by" }).GetByRole(AriaRole.Link, new() { Name = "Name" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=name$"));
        await page.GetByLabel("Search by name").FillAsync("no such name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByText("No dataset has “no such name” in its name.")).ToBeVisibleAsync();
        await CheckAsync(watch);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Show all") }).ClickAsync();
        await page.Locator(".datasets-table tbody a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "New experiment with this data" })).ToHaveAttributeAsync("href", new Regex("/experiments/new\\?dataset=\\d+"));
        await CheckAsync(watch);
        watch.AssertNoFaults();
    }

    private static Task SendAsync(IPage page, string name, byte[] content) =>
        page.Locator(".drop-zone[data-ready] input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = content });

    private static async Task CheckAsync(PageWatch watch)
    {
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
    }

    private async Task<string> UploadAsync(string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        using var response = await app.Client.PostAsync("/api/datasets/uploads", form);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
