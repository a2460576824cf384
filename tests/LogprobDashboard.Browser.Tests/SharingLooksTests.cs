using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

/// <summary>What is shared, and the dialog that shares it, at every width and theme.</summary>
[Collection(WorkCollection.Name)]
public sealed class SharingLooksTests(AppHost app, BrowserFixture browser)
{
    /// <summary>Each look with another kind of chart: drawing them all in all looks would take minutes.</summary>
    public static TheoryData<int, ColorScheme, string> Looks => new()
    {
        { 1280, ColorScheme.Light, "?bands=1&f1=1" },
        { 1280, ColorScheme.Dark, "?chart=thresholds" },
        { 390, ColorScheme.Light, "?chart=scores" },
        { 390, ColorScheme.Dark, "?chart=reliability&bands=1" },
    };

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task SharedPageAndReport_AtEveryWidthAndTheme_FitAndAreAccessible(int width, ColorScheme scheme, string view)
    {
        var (two, ten) = (await DemoExperiment.FinishedAsync(app.Client), await DemoExperiment.FinishedAsync(app.Client, labels: 10));
        var report = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(report, await app.Client.GetStringAsync($"/api/experiments/{ten.Id}/compare/report.html?layout=multiples&detail=confusions"));
        try
        {
            foreach (var address in new[] { await SharedDocument.ShareAsync(app.Client, two.Id, view, includeTexts: true), new Uri(report) })
            {
                await using var document = await SharedDocument.OpenAsync(browser, address, width, scheme, ignorePolicy: true); // axe is a script
                await Expect(document.Page.Locator(".still-line, .still-area").First).ToBeAttachedAsync();
                Assert.Equal(0, await OverlapsAsync(document.Page));
                if (view.Contains("bands", StringComparison.Ordinal) && width == 390 && !address.IsFile) // once: axe takes its time over long tables
                {
                    foreach (var folded in await document.Page.Locator("summary").AllAsync())
                        await folded.ClickAsync();
                }

                Assert.Empty(await document.Watch.ProblemsAsync());
            }
        }
        finally
        {
            File.Delete(report);
        }
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Dialog_AtEveryWidth_HasItsButtonAndTheNewLinkInSight(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync(demo.Address);
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        var make = watch.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Make (a|another) link$") });
        await Expect(make).ToBeInViewportAsync(new() { Ratio = 1 });
        await make.ClickAsync();
        await Expect(watch.Page.Locator("#share-link")).ToBeInViewportAsync(new() { Ratio = 1 });
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    /// <summary>How many of an axis's numbers run into the next.</summary>
    private static Task<int> OverlapsAsync(IPage page) => page.EvaluateAsync<int>("""
        () => [...document.querySelectorAll('.still-plot')].reduce((count, plot) => {
            const boxes = [...plot.querySelectorAll('.still-tick.across')].filter(tick => getComputedStyle(tick).visibility === 'visible').map(tick => tick.getBoundingClientRect());
            return count + boxes.filter((box, place) => place > 0 && box.left < boxes[place - 1].right + 4).length;
        }, 0)
        """);
}
