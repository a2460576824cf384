using System.Net.Http.Json;
using System.Text.Json;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>Every page, with demo data and with nothing, at both widths and in both themes: no error, no failed request, no overflow, nothing that axe finds.</summary>
[Collection(WorkCollection.Name)]
public sealed class AllPagesTests(AppHost app, EmptyAppHost empty, BrowserFixture browser) : IClassFixture<EmptyAppHost>
{
    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Pages_WithDemoData_AreSound(int width, ColorScheme scheme)
    {
        var spam = await DemoExperiment.FinishedAsync(app.Client);
        var languages = await DemoExperiment.FinishedAsync(app.Client, labels: 10);
        List<string> pages = [.. Everywhere, $"/datasets/{(await ItemsAsync(app.Client, "/api/datasets")).First().GetProperty("id")}", $"/experiments/{spam.Id}/samples/0"];
        pages.AddRange([.. PagesOf(spam.Id), .. PagesOf(languages.Id), $"/experiments/{spam.Id}/compare?layout=multiples"]);
        await AssertSoundAsync(app, pages, width, scheme);
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Pages_WithNothing_AreSound(int width, ColorScheme scheme)
    {
        await AssertSoundAsync(empty, Everywhere, width, scheme);
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Pages_OfAnExperimentWithNothingInIt_AreSound(int width, ColorScheme scheme)
    {
        var bare = await BareExperiment.CreateAsync(app.Client);
        await AssertSoundAsync(app, [.. PagesOf(bare.Id), $"/experiments/{bare.Id}/samples/0", $"/datasets/{bare.DatasetId}"], width, scheme);
    }

    private static string[] Everywhere => ["/", "/datasets", "/datasets/import", "/endpoints", "/endpoints?new=openai", "/experiments/new"];

    private static string[] PagesOf(string experimentId) => [.. new[] { "prompts", "runs", "compare", "outliers" }.Select(page => $"/experiments/{experimentId}/{page}")];

    private static async Task<IEnumerable<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("items").EnumerateArray();

    private async Task AssertSoundAsync(AppHost host, IReadOnlyList<string> pages, int width, ColorScheme scheme)
    {
        await using var watch = await browser.OpenAsync(host.Address, width, scheme);
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var address in pages)
        {
            await watch.GotoAsync(address);
            await Expect(watch.Page.Locator("h1")).ToBeVisibleAsync();
            await Expect(watch.Page.Locator("[role=status].skeleton-page, .skeleton")).ToHaveCountAsync(0);
            if (await watch.Page.Locator("main .chart").CountAsync() > 0)
                await Expect(watch.Chart.First).ToBeVisibleAsync();
            titles[address] = await watch.Page.TitleAsync();
            problems.AddRange((await watch.ProblemsAsync()).Select(problem => $"{address}: {problem}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        watch.AssertNoFaults();
        Assert.All(titles, title => Assert.EndsWith(" · LogprobDashboard", title.Value, StringComparison.Ordinal));
        var ofTabs = titles.Where(title => !title.Key.Contains('?', StringComparison.Ordinal)).Select(title => title.Value).ToList();
        Assert.Equal(ofTabs.Count, ofTabs.Distinct(StringComparer.Ordinal).Count()); // titles tell tabs apart
    }
}
