using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

public sealed class DraftsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Draft_SavedAndTheProcessStartedAgain_IsThereAsItWasLeft()
    {
        string id;
        DraftContent written;
        await using (var harness = await WorkbenchHarness.StartAsync(_directory))
        {
            var dataset = await harness.ImportRowsAsync(6);
            var draft = await harness.Get<DraftsService>().CreateAsync(new DraftInput(dataset.Id), CancellationToken.None);
            written = draft.Content with { Step = DraftStep.Prompt, Name = "Mine", System = "", User = "Half a sentence {{", Labels = [new DraftLabel("spam", ["Yes", " "]), new DraftLabel("")], Samples = 3 };
            id = (await harness.Get<DraftsService>().SaveAsync(draft.Id, new DraftChange(written, draft.Version), CancellationToken.None)).Id;
        }

        await using var again = await WorkbenchHarness.StartAsync(_directory);
        var read = (await again.Get<DraftsQueries>().GetAsync(id, CancellationToken.None)).Content;

        Assert.Equivalent(written, read, strict: true);
        Assert.Equal(id, Assert.Single((await again.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None)).Items).Id);
    }

    [Fact]
    public async Task Save_FromAnOlderVersion_IsAConflictAndOverwritesNothing()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var service = harness.Get<DraftsService>();
        var draft = await service.CreateAsync(new DraftInput(), CancellationToken.None);
        await service.SaveAsync(draft.Id, new DraftChange(draft.Content with { Name = "first tab" }, draft.Version), CancellationToken.None);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => service.SaveAsync(draft.Id, new DraftChange(draft.Content with { Name = "second tab" }, draft.Version), CancellationToken.None));

        Assert.Equal(UserErrorKind.Conflict, error.Kind);
        Assert.Equal("first tab", (await harness.Get<DraftsQueries>().GetAsync(draft.Id, CancellationToken.None)).Content.Name);
        var replaced = await service.SaveAsync(draft.Id, new DraftChange(draft.Content with { Name = "second tab" }), CancellationToken.None);
        Assert.Equal(("second tab", 3), (replaced.Content.Name, replaced.Version));
    }

    [Fact]
    public async Task Draft_OfADatasetThatWasDeleted_HoldsNothingBackAndSaysSo()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(6);
        var draft = await harness.Get<DraftsService>().CreateAsync(new DraftInput(dataset.Id), CancellationToken.None);

        await harness.Get<DatasetsService>().DeleteAsync(dataset.Id, CancellationToken.None);

        var plan = DraftPlan.Of(draft.Content, await harness.Get<StartQueries>().GroundAsync(draft.Content, CancellationToken.None));
        Assert.Contains(dataset.Name, Assert.Single(plan.Problems["datasetId"]), StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<DraftCompletion>().CompleteAsync(draft.Id, new DraftCompletionInput(), CancellationToken.None));
        Assert.Contains("datasetId", error.Errors.Keys);
    }

    [Fact]
    public async Task Complete_WithARun_MakesExperimentPromptAndRun_AndTheDraftIsGone()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("spam", -0.1), ("ham", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (draft, _) = await BeginAsync(harness, server.BaseUrl);

        var made = await harness.Get<DraftCompletion>().CompleteAsync(draft.Id, new DraftCompletionInput(Run: true), CancellationToken.None);

        var run = await harness.WhenEndedAsync(Assert.Single(made.RunIds));
        Assert.Equal((RunStatus.Completed, 5, 0), (run.Status, run.Total, run.Failed));
        var variant = Assert.Single(await harness.Get<VariantsQueries>().ListAsync(made.ExperimentId, CancellationToken.None));
        Assert.Contains("{{ text }}", variant.User, StringComparison.Ordinal);
        Assert.Empty((await harness.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Equal(draft.Content.DatasetName, (await harness.Get<ExperimentsQueries>().GetAsync(made.ExperimentId, CancellationToken.None)).Name);
    }

    [Fact]
    public async Task Complete_TwiceAtOnce_MakesOne()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("spam", -0.1), ("ham", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (draft, _) = await BeginAsync(harness, server.BaseUrl);
        var completion = harness.Get<DraftCompletion>();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await completion.CompleteAsync(draft.Id, new DraftCompletionInput(Run: true), CancellationToken.None);
                return 1;
            }
            catch (UserErrorException error) when (error.Kind == UserErrorKind.NotFound)
            {
                return 0; // the draft is gone: somebody was first
            }
        }));

        Assert.Equal(1, made.Sum());
        Assert.Single((await harness.Get<ExperimentsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Complete_AfterTheProcessEndedBeforeTheRun_GoesOnAndMakesNothingTwice()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("spam", -0.1), ("ham", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (draft, _) = await BeginAsync(harness, server.BaseUrl);
        using var ended = new CancellationTokenSource();

        // The run cannot be started: the dataset's columns are read with a token that is cancelled as soon as the experiment stands.
        var watching = CancelOnceThereAsync(harness, draft.Id, ended);
        await Record.ExceptionAsync(() => harness.Get<DraftCompletion>().CompleteAsync(draft.Id, new DraftCompletionInput(Run: true), ended.Token));
        await watching;
        var made = await CompleteOrFindAsync(harness, draft.Id);

        Assert.Single((await harness.Get<ExperimentsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Single((await harness.RunsQueries.ListAsync(made, null, 10, CancellationToken.None)).Items);
        Assert.Empty((await harness.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Complete_WithAnEndpointThatWasDeleted_MakesNothing()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (draft, endpointId) = await BeginAsync(harness, "http://localhost:9/v1");
        await harness.Endpoints.DeleteAsync(endpointId, CancellationToken.None);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<DraftCompletion>().CompleteAsync(draft.Id, new DraftCompletionInput(Run: true), CancellationToken.None));

        Assert.Contains("endpointId", error.Errors.Keys);
        Assert.Empty((await harness.Get<ExperimentsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Single((await harness.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Create_FromAnExperiment_CopiesItsSetUp()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(6);
        var endpoint = await harness.AddEndpointAsync("http://localhost:9/v1");
        var experiment = await harness.AddExperimentAsync(dataset, endpoint);

        var draft = await harness.Get<DraftsService>().CreateAsync(new DraftInput(ExperimentId: experiment.Id), CancellationToken.None);

        Assert.Equal((dataset.Id, "e (copy)", "{{ text }}", "spam", endpoint.Id), (draft.Content.DatasetId, draft.Content.Name, draft.Content.User, draft.Content.PositiveLabel, draft.Content.EndpointId));
        Assert.Equal(["spam=Yes", "ham=No"], draft.Content.Labels.Select(label => $"{label.Name}={string.Join(',', label.Words!)}"));
    }

    [Fact]
    public async Task Datasets_SearchedAndPaged_AreTheNewestFirst()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        for (var rows = 2; rows < 7; rows++)
            await harness.ImportRowsAsync(rows);
        var start = harness.Get<StartQueries>();

        var second = await start.DatasetsAsync(null, 2, 2, CancellationToken.None);
        Assert.Equal([4, 3], second.Items.Select(dataset => dataset.RowCount));
        Assert.Equal((3, 5), (second.Pages, second.All));
        Assert.Equal(3, (await start.DatasetsAsync(null, 99, 2, CancellationToken.None)).Page);
        Assert.Equal((0, 5), await start.DatasetsAsync("NOTHING LIKE IT", 1, 2, CancellationToken.None) is var none ? (none.Found, none.All) : default);
        Assert.Equal(5, (await start.DatasetsAsync("ROWS", 1, 2, CancellationToken.None)).Found);
    }

    [Fact]
    public async Task Suggest_LabelsThatBeginAlike_WarnsAndOffersLetterCodesWithout()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var suggestions = await harness.Get<StartQueries>().SuggestAsync(new SuggestionInput(Labels: ["order status", "order return", "other"]), CancellationToken.None);

        Assert.Equal("labelWordsAlike", Assert.Single(suggestions.Proposed.Warnings).Code);
        Assert.Empty(suggestions.WithLetterCodes.Warnings);
        Assert.Contains("A: order status", suggestions.WithLetterCodes.Prompt.User, StringComparison.Ordinal);
    }

    private static async Task<(DraftRecord Draft, string EndpointId)> BeginAsync(WorkbenchHarness harness, string baseUrl)
    {
        var dataset = await harness.ImportRowsAsync(12);
        var endpoint = await harness.AddEndpointAsync(baseUrl);
        var service = harness.Get<DraftsService>();
        var draft = await service.CreateAsync(new DraftInput(dataset.Id), CancellationToken.None);
        return (await service.SaveAsync(draft.Id, new DraftChange(draft.Content with { EndpointId = endpoint.Id, Samples = 5 }, draft.Version), CancellationToken.None), endpoint.Id);
    }

    private static async Task CancelOnceThereAsync(WorkbenchHarness harness, string draftId, CancellationTokenSource ended)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var tries = 0; tries < 2000 && await timer.WaitForNextTickAsync(); tries++)
        {
            var drafts = await harness.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None);
            if (drafts.Items.All(draft => draft.Id != draftId || draft.ExperimentId is not null))
                break;
        }

        await ended.CancelAsync();
    }

    private static async Task<string> CompleteOrFindAsync(WorkbenchHarness harness, string draftId)
    {
        var drafts = await harness.Get<DraftsQueries>().ListAsync(null, 10, CancellationToken.None);
        return drafts.Items.Any(draft => draft.Id == draftId)
            ? (await harness.Get<DraftCompletion>().CompleteAsync(draftId, new DraftCompletionInput(Run: true), CancellationToken.None)).ExperimentId
            : (await harness.Get<ExperimentsQueries>().ListAsync(null, 10, CancellationToken.None)).Items[0].Id;
    }
}
