using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(WorkCollection.Name)]
public sealed class PromptsPageTests(AppHost app, BrowserFixture browser)
{
    public static TheoryData<int, ColorScheme> Looks => new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    [SkippableFact]
    public async Task TwoPrompts_WrittenTriedSavedAndDuplicated_LoseNothingOnTheWay()
    {
        var experiment = await NewExperimentAsync("written in the browser");
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await page.GotoAsync($"/experiments/{experiment}/prompts");
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.GetByText("This experiment has no prompt yet.")).ToBeVisibleAsync();
        var user = page.GetByLabel("User", new() { Exact = true });
        await Expect(user).ToBeEnabledAsync();
        await Expect(user).ToHaveValueAsync(new Regex("^Yes: spam\nNo: ham$", RegexOptions.Multiline));

        // A mistake on line 4 stands there at once, and going on typing loses no key.
        await user.FillAsync("");
        await user.PressSequentiallyAsync("Is the message spam? Answer with exactly one token: Yes or No.\n\nMessage:\n{{ txet }}\n\nAnswer:");
        await Expect(page.GetByText("Line 4, column 4: Unknown variable \"txet\".")).ToBeVisibleAsync();
        await Expect(page.Locator(".template-line.wrong")).ToHaveTextAsync("{{ txet }}");
        await Expect(user).ToHaveValueAsync("Is the message spam? Answer with exactly one token: Yes or No.\n\nMessage:\n{{ txet }}\n\nAnswer:");
        await Expect(user).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeDisabledAsync();
        await watch.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Line 4, column 4" }).ClickAsync();
        for (var key = 0; key < 4; key++)
            await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.TypeAsync("text");
        await Expect(page.Locator(".template-line.wrong")).ToHaveCountAsync(0);
        await Expect(page.Locator(".messages")).ToContainTextAsync("exactly one token");

        // The preview follows the sample.
        var before = await page.Locator("pre.prompt-sample-text").InnerTextAsync();
        await page.Locator(".prompt-sample-bar").GetByRole(AriaRole.Link, new() { Name = "Next sample" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sample=1$"));
        await Expect(page.Locator("pre.prompt-sample-text")).Not.ToHaveTextAsync(before);
        await Expect(page.Locator(".messages")).ToContainTextAsync(await page.Locator("pre.prompt-sample-text").InnerTextAsync());

        // Try asks with what is typed, not with what is saved.
        await page.Locator(".variant-try").GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();
        await Expect(page.Locator(".try-verdict")).ToHaveTextAsync(new Regex("predicted (spam|ham)", RegexOptions.IgnoreCase));
        await Expect(page.Locator(".try-answer .token-bars").First.Locator("tbody tr")).ToHaveCountAsync(8);
        await watch.AssertAccessibleAsync();

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("plain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".variant-facts")).ToHaveTextAsync("version 1, not run");

        // A duplicate is a second card; what is typed into it and not saved is there again after a reload.
        await page.GetByRole(AriaRole.Button, new() { Name = "Duplicate" }).ClickAsync();
        var copy = page.Locator(".variant-card").Nth(1);
        await Expect(copy.Locator("h2")).ToHaveTextAsync("plain copy");
        await copy.GetByLabel("System", new() { Exact = true }).FillAsync("You are a strict classifier.");
        await Expect(copy.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" })).ToBeEnabledAsync();
        var address = page.Url;
        await page.ReloadAsync();
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(copy.GetByLabel("System", new() { Exact = true })).ToHaveValueAsync("You are a strict classifier.");
        await Expect(copy.GetByText("unsaved", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(address, page.Url);
        await copy.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await Expect(copy.Locator(".variant-facts")).ToHaveTextAsync("version 2, not run");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try both" }).ClickAsync();
        await Expect(page.Locator(".try-verdict")).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Run both on 300 samples" })).ToHaveAttributeAsync("href", new Regex("/runs\\?variants=\\d+,\\d+$"));
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Variant_SavedInTwoTabs_IsNotOverwrittenUnseen()
    {
        var experiment = await NewExperimentAsync("two tabs");
        var variant = await CreateVariantAsync(experiment, "plain", "Spam? Yes or No.\n{{ text }}");
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await page.GotoAsync($"/experiments/{experiment}/prompts");
        await page.Locator("main[data-interactive]").WaitForAsync();
        var user = page.GetByLabel("User", new() { Exact = true });
        await Expect(user).ToBeEnabledAsync();
        await user.FillAsync("Mine: Yes or No.\n{{ text }}");
        using (var theirs = await app.Client.PutAsJsonAsync($"/api/experiments/{experiment}/variants/{variant}", new { name = "plain", user = "Theirs: Yes or No.\n{{ text }}" }))
            theirs.EnsureSuccessStatusCode();

        await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await Expect(page.GetByText("Version 2 was saved meanwhile")).ToBeVisibleAsync();
        await Expect(user).ToHaveValueAsync("Mine: Yes or No.\n{{ text }}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare the two" }).ClickAsync();
        await Expect(page.Locator("del")).ToHaveTextAsync("Theirs");
        await Expect(page.Locator("ins")).ToHaveTextAsync("Mine");
        await watch.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save mine as version 3" }).ClickAsync();
        await Expect(page.Locator(".variant-facts")).ToHaveTextAsync("version 3, not run");

        await page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.Locator(".version-list > li")).ToHaveCountAsync(3);
        await Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(0); // while it fades its contrast is anything
        await watch.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1 as version 4" }).ClickAsync();
        await Expect(page.Locator(".variant-facts")).ToHaveTextAsync("version 4, not run");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Expect(user).ToHaveValueAsync("Spam? Yes or No.\n{{ text }}");
        watch.AssertNoFaults();
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        var page = watch.Page;
        await page.GotoAsync($"/experiments/{demo.Id}/prompts?sample=4");
        await page.Locator("main[data-interactive]").WaitForAsync();
        var tryBoth = page.GetByRole(AriaRole.Button, new() { Name = "Try both" });
        await Expect(tryBoth).ToBeEnabledAsync();
        await tryBoth.ClickAsync();
        await Expect(page.Locator(".try-verdict")).ToHaveCountAsync(2);
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();

        // The answers belong to another sample now, and say so.
        await page.Locator(".prompt-sample-bar").GetByRole(AriaRole.Link, new() { Name = "Next sample" }).ClickAsync();
        await Expect(page.Locator(".try-stale")).ToHaveCountAsync(2);
        await watch.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit label words" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Locator(".variant-card").First.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("1 run needs the words")).ToBeVisibleAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    /// <summary>An experiment over the demo's data, without a prompt.</summary>
    private async Task<string> NewExperimentAsync(string name)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var like = await app.Client.GetFromJsonAsync<JsonElement>($"/api/experiments/{demo.Id}");
        using var response = await app.Client.PostAsJsonAsync("/api/experiments", new
        {
            name,
            datasetId = like.GetProperty("datasetId").GetString(),
            endpointId = like.GetProperty("endpointId").GetString(),
            labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } },
            positiveLabel = "spam",
        });
        return await IdAsync(response);
    }

    private async Task<string> CreateVariantAsync(string experiment, string name, string user)
    {
        using var response = await app.Client.PostAsJsonAsync($"/api/experiments/{experiment}/variants", new { name, user });
        return await IdAsync(response);
    }

    private static async Task<string> IdAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
