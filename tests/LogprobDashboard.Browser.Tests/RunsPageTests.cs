using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogprobDashboard.Browser.Tests.Hosting;
using LogprobDashboard.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests;

[Collection(WorkCollection.Name)]
public sealed class RunsPageTests(AppHost app, BrowserFixture browser)
{
    [SkippableTheory]
    [MemberData(nameof(ComparePageTests.Looks), MemberType = typeof(ComparePageTests))]
    public async Task Page_AtEveryWidthAndTheme_FitsAndIsAccessible(int width, ColorScheme scheme)
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        await using var watch = await browser.OpenAsync(app.Address, width, scheme);
        await watch.GotoAsync($"/experiments/{demo.Id}/runs");
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Name = demo.Name, Level = 1 })).ToBeVisibleAsync();
        await Expect(watch.Page.Locator(".cost-headline")).ToContainTextAsync("call");
        await watch.Page.GetByText("Import recorded log probs").ClickAsync();
        await Expect(watch.Page.GetByLabel("File", new() { Exact = true })).ToBeVisibleAsync();
        await watch.AssertNoHorizontalOverflowAsync();
        await watch.AssertAccessibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Run_StartedOnThePage_IsFollowedToItsEndAndLinksToItsCurve()
    {
        await using var demo = await CopyAsync();
        await using var watch = await browser.OpenAsync(app.Address);
        var page = watch.Page;
        await page.GotoAsync($"/experiments/{demo.Id}/runs");
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.Locator(".cost-headline")).ToHaveTextAsync("No call to make: every answer is stored already."); // those of the demo's own runs
        await page.GetByLabel("Use answers that are stored already").UncheckAsync();
        await Expect(page).ToHaveURLAsync(new Regex("cache=off"));
        await page.Locator(".check-items").First.GetByRole(AriaRole.Checkbox).First.UncheckAsync();
        await Expect(page).ToHaveURLAsync(new Regex("variants="));
        await page.GetByLabel("Limit, in samples").FillAsync("150");
        await page.GetByLabel("Limit, in samples").PressAsync("Tab");
        await Expect(page).ToHaveURLAsync(new Regex("limit=150"));
        await Expect(page.Locator(".cost-headline")).ToHaveTextAsync("300 calls to demo-ngram.");

        await page.ReloadAsync();
        await page.Locator("main[data-interactive]").WaitForAsync();
        await Expect(page.GetByLabel("Limit, in samples")).ToHaveValueAsync("150");
        await Expect(page.Locator(".cost-headline")).ToHaveTextAsync("300 calls to demo-ngram.");
        var cards = page.Locator(".run-card");
        var before = await cards.CountAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start 2 runs" }).ClickAsync();

        await Expect(cards).ToHaveCountAsync(before + 2);
        await Expect(cards.First.Locator(".run-mark")).ToHaveTextAsync(new Regex("Completed"), new() { Timeout = 60_000 });
        await Expect(cards.First).ToContainTextAsync("150 of 150");
        await Expect(cards.First).ToContainTextAsync("limited to 150 (seed 0) · without the cache");
        await cards.First.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Compare ") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/experiments/{demo.Id}/compare\\?runs=\\d+$"));
        await Expect(watch.Chart).ToBeVisibleAsync();
        watch.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Run_ThatGoesWrong_ShowsWhyAndCanBePausedCancelledAndDeleted_AlsoFromTwoTabs()
    {
        await using var demo = await CopyAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var served = 0;
        await using var server = await ScriptedServer.StartForRunsAsync(async (_, context) =>
        {
            if (Interlocked.Increment(ref served) > 40)
                await release.Task.WaitAsync(context.RequestAborted);
            await (served % 2 == 0
                ? ScriptedServer.WriteAsync(context, 400, """{"error":{"message":"no such parameter"}}""")
                : ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)).ToJsonString()));
        });
        var endpoint = await (await app.Client.PostAsJsonAsync("/api/endpoints", new { name = "shaky", baseUrl = server.BaseUrl, model = "shaky", maxConcurrency = 2 })).Content.ReadFromJsonAsync<JsonElement>();
        await using var watch = await browser.OpenAsync(app.Address);
        await using var other = await browser.OpenAsync(app.Address, 390);
        var address = $"/experiments/{demo.Id}/runs?endpoint={endpoint.GetProperty("id").GetString()}&limit=100";
        await watch.GotoAsync(address);
        await Expect(watch.Page.Locator(".cost-headline")).ToHaveTextAsync(new Regex("calls? to shaky"));
        await watch.Page.Locator(".check-items").First.GetByRole(AriaRole.Checkbox).Nth(0).UncheckAsync();
        await watch.Page.Locator(".check-items").First.GetByRole(AriaRole.Checkbox).Nth(1).UncheckAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Start 1 run", Exact = true }).ClickAsync();

        var card = watch.Page.Locator(".run-card").First;
        await Expect(card.Locator(".run-mark")).ToHaveTextAsync(new Regex("Running"));
        await Expect(card.Locator(".run-failures")).ToContainTextAsync("failed: Refused");
        await Expect(card.Locator(".run-failures")).ToContainTextAsync("no such parameter");
        await Expect(card.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuemax", "100");
        await watch.AssertAccessibleAsync();
        await other.Page.GotoAsync(address);
        var twin = other.Page.Locator(".run-card").First;
        await Expect(twin.Locator(".run-mark")).ToHaveTextAsync(new Regex("Running"));
        await other.AssertNoHorizontalOverflowAsync();
        await Expect(twin.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Pause") })).ToBeEnabledAsync();

        await Expect(other.Page.Locator(".cost-headline")).ToHaveTextAsync(new Regex("calls? to shaky")); // its circuit is there
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Pause") }).ClickAsync();
        await Expect(card.Locator(".run-mark")).ToHaveTextAsync(new Regex("Paused"));
        await Expect(twin.Locator(".run-mark")).ToHaveTextAsync(new Regex("Paused")); // told without asking
        await twin.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Cancel") }).ClickAsync();
        await Expect(card.Locator(".run-mark")).ToHaveTextAsync(new Regex("Cancelled"));
        release.SetResult();
        var cards = watch.Page.Locator(".run-card");
        var before = await cards.CountAsync();
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete") }).ClickAsync();
        await watch.Page.GetByRole(AriaRole.Button, new() { Name = "Delete the run" }).ClickAsync();
        await Expect(cards).ToHaveCountAsync(before - 1);
        await Expect(other.Page.Locator(".run-card")).ToHaveCountAsync(before - 1);
        watch.AssertNoFaults();
        other.AssertNoFaults();
    }

    [SkippableFact]
    public async Task Page_OutOfSight_IsToldNothingUntilItIsSeenAgain()
    {
        await using var demo = await CopyAsync();
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/experiments/{demo.Id}/runs");
        await Expect(watch.Page.Locator(".cost-headline")).ToContainTextAsync("No call to make");
        var cards = watch.Page.Locator(".run-card");
        var before = await cards.CountAsync();
        await Expect(watch.Page.Locator(".runs")).ToHaveAttributeAsync("data-following", "true");
        await ShowAsync("hidden");
        await Expect(watch.Page.Locator(".runs")).ToHaveAttributeAsync("data-following", "false");
        var started = await (await app.Client.PostAsJsonAsync($"/api/experiments/{demo.Id}/runs", new { limit = 5 })).Content.ReadFromJsonAsync<JsonElement>();
        var runs = started.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetString()!).ToList();
        foreach (var run in runs)
            await WhenCompletedAsync(run);
        Assert.Equal(before, await cards.CountAsync());

        await ShowAsync("visible");
        await Expect(cards).ToHaveCountAsync(before + runs.Count);
        watch.AssertNoFaults();

        Task ShowAsync(string state) => watch.Page.EvaluateAsync(
            "state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", state);
    }

    [SkippableFact]
    public async Task Import_OfAFile_ShowsMistakesInPlaceAndThenTheRun()
    {
        await using var demo = await CopyAsync();
        await using var watch = await browser.OpenAsync(app.Address);
        await watch.GotoAsync($"/experiments/{demo.Id}/runs");
        await Expect(watch.Page.Locator(".cost-headline")).ToContainTextAsync("call");
        await watch.Page.GetByText("Import recorded log probs").ClickAsync();
        var import = watch.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true });
        await import.ClickAsync();
        await Expect(watch.Page.Locator(".run-import")).ToContainTextAsync("No file is chosen.");
        watch.AssertNoFaults();

        await ChooseAsync("""{"index": 0, "topLogprobs": [{"token": "Yes", "logprob": -0.1}, {"token": "No", "logprob": -2.4}]}""" + "\n{nonsense\n");
        await import.ClickAsync();
        await Expect(watch.Page.Locator(".run-import .form-problem")).ToContainTextAsync("2");
        await ChooseAsync("""{"index": 0, "topLogprobs": [{"token": "Yes", "logprob": -0.1}, {"token": "No", "logprob": -2.4}]}""" + "\n");
        await watch.Page.GetByLabel("Name of the run, if not the file's").FillAsync("from elsewhere");
        await import.ClickAsync();
        await Expect(watch.Page.Locator(".run-import")).ToContainTextAsync("Imported as from elsewhere.");
        var card = watch.Page.Locator(".run-card").First;
        await Expect(card).ToContainTextAsync("from elsewhere");
        await Expect(card).ToContainTextAsync("recorded elsewhere");

        Task ChooseAsync(string lines) => watch.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "recorded.jsonl", MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(lines) });
    }

    /// <summary>The demo experiment without its runs, so that other tests find theirs as they were.</summary>
    private async Task<Copy> CopyAsync()
    {
        var demo = await DemoExperiment.FinishedAsync(app.Client);
        var source = (await app.Client.GetFromJsonAsync<JsonObject>($"/api/experiments/{demo.Id}"))!;
        var answer = await app.Client.PostAsJsonAsync("/api/experiments", new JsonObject
        {
            ["name"] = "Copy for runs",
            ["datasetId"] = source["datasetId"]!.DeepClone(),
            ["endpointId"] = source["endpointId"]!.DeepClone(),
            ["labels"] = source["labels"]!.DeepClone(),
            ["positiveLabel"] = source["positiveLabel"]!.DeepClone(),
        });
        var id = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
        var variants = await app.Client.GetFromJsonAsync<JsonNode>($"/api/experiments/{demo.Id}/variants");
        foreach (var variant in variants is JsonArray list ? list : variants!["items"]!.AsArray())
            await app.Client.PostAsJsonAsync($"/api/experiments/{id}/variants", new JsonObject { ["name"] = variant!["name"]!.DeepClone(), ["system"] = variant["system"]?.DeepClone(), ["user"] = variant["user"]!.DeepClone() });
        return new Copy(app.Client, id);
    }

    private sealed record Copy(HttpClient Client, string Id) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            var runs = (await Client.GetFromJsonAsync<JsonNode>($"/api/experiments/{Id}/runs"))!["items"]!.AsArray();
            foreach (var run in runs.Select(run => run!["id"]!.GetValue<string>()))
                await Client.PostAsync($"/api/runs/{run}/cancel", null);
            await Client.DeleteAsync($"/api/experiments/{Id}");
        }
    }

    private async Task WhenCompletedAsync(string runId)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 600 && await pause.WaitForNextTickAsync(); tries++)
        {
            if ((await app.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{runId}")).GetProperty("status").GetString() == "completed")
                return;
        }

        Assert.Fail($"Run {runId} did not end.");
    }
}
