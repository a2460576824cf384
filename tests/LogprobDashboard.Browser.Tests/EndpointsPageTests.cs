using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using LogprobDashboard.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(WorkCollection.Name)]
public sealed class EndpointsPageTests(AppHost app, BrowserFixture browser)
{
    private const string WrongKey = "sk-wrong-key-0123456789";

    [SkippableTheory]
    [MemberData(nameof(ComparePageTests.Looks), MemberType = typeof(ComparePageTests))]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync("/endpoints");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = "Built-in demo model" })).ToBeVisibleAsync();
        await TestUntilAnsweredAsync(watch.Page);
        await Expect(watch.Page.Locator(".test-headline")).ToContainTextAsync("demo-ngram answered in");
        await Expect(watch.Page.Locator(".token-bars tbody tr")).ToHaveCountAsync(6);
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Probe Built-in demo model" }).ClickAsync();
        await Expect(watch.Page.Locator(".endpoint", new() { HasText = "Built-in demo model" }).Locator(".endpoint-probe summary")).ToContainTextAsync(": fine");
        await Expect(watch.Page.Locator(".findings")).ToContainTextAsync("20 asked for");
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();

        await watch.Page.GetByRole(AriaRole.Link, new() { Name = "Add an endpoint" }).ClickAsync();
        await Expect(watch.Page).ToHaveURLAsync(new Regex("new=openai"));
        await watch.Page.GetByText("Advanced", new() { Exact = true }).ClickAsync();
        await Expect(watch.Page.GetByLabel("Extra request fields, as JSON")).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Endpoint_FromAPreset_IsTestedMendedSavedChangedAndDeleted()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Authorization == $"Bearer {WrongKey}"
            ? ScriptedServer.WriteAsync(context, 401, $$$"""{"error":{"message":"Incorrect API key provided: {{{WrongKey}}}."}}""")
            : ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)).ToJsonString()));
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await page.GotoAsync("/endpoints?new=openai");
        await page.Locator("main[data-interactive]").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "vLLM", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Base URL")).ToHaveValueAsync("http://localhost:8000/v1");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("my server");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Enter a key" }).CheckAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(WrongKey);
        await page.GetByLabel("Base URL").FillAsync("nowhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the endpoint" }).ClickAsync();
        await Expect(page.Locator("#endpoint-url-error")).ToContainTextAsync("absolute http or https address");
        await Expect(page.Locator("#endpoint-model-error")).ToContainTextAsync("Name the model");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("my server");
        await Expect(page.GetByLabel("Key", new() { Exact = true })).ToHaveValueAsync(WrongKey); // nothing typed is lost
        await watch.AssertAccessibleAsync();

        await page.GetByLabel("Base URL").FillAsync(server.BaseUrl);
        await page.GetByLabel("Model", new() { Exact = true }).FillAsync("m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test without saving" }).ClickAsync();
        await Expect(page.Locator(".test-result")).ToContainTextAsync("The server does not accept the key");
        Assert.DoesNotContain(WrongKey, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Radio, new() { Name = "No key" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test without saving" }).ClickAsync();
        await Expect(page.Locator(".test-headline")).ToContainTextAsync("with log probs: 2 alternatives");
        await Expect(page.Locator(".token-bars tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Probe without saving" }).ClickAsync();
        await Expect(page.Locator(".findings")).ToContainTextAsync("2 came, 20 asked for");
        await page.GetByText("Advanced", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Price per million tokens: prompt").FillAsync("0.15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the endpoint" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/endpoints$"));

        var card = page.Locator(".endpoint", new() { HasText = "my server" });
        await Expect(card).ToContainTextAsync("0.15 / ? a million tokens");
        await Expect(card.Locator(".endpoint-probe summary")).ToHaveTextAsync("not probed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Probe my server" }).ClickAsync();
        await Expect(card.Locator(".endpoint-probe summary")).ToHaveTextAsync(new Regex("^probed .* UTC: fine$"));
        await Expect(card).ToContainTextAsync("20 alternatives were asked for and 2 came");
        await watch.AssertAccessibleAsync();
        await page.ReloadAsync();
        await Expect(card.Locator(".endpoint-probe summary")).ToHaveTextAsync(new Regex("^probed .* UTC: fine$")); // kept
        await page.Locator("main[data-interactive]").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Change my server" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Enter a key" }).CheckAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("sk-right-key-0123456789");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".endpoint", new() { HasText = "my server" })).ToContainTextAsync("a key is stored");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change my server" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "A key is stored: keep it" })).ToBeCheckedAsync();
        await Expect(page).ToHaveTitleAsync("Endpoints · my server · LogprobDashboard");
        Assert.DoesNotContain("sk-right-key", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my server" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the endpoint" }).ClickAsync();
        await Expect(page.GetByText("my server")).ToHaveCountAsync(0);
        watch.AssertNoFaults();
    }

    /// <summary>Before the circuit is there a click is lost.</summary>
    private static async Task TestUntilAnsweredAsync(IPage page)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Test Built-in demo model" });
        for (var tries = 0; tries < 20 && await page.Locator(".test-headline").CountAsync() == 0; tries++)
        {
            await button.ClickAsync();
            try
            {
                await Expect(page.Locator(".test-headline")).ToBeVisibleAsync(new() { Timeout = 1000 });
            }
            catch (PlaywrightException)
            {
                // The next click will tell.
            }
        }
    }
}
