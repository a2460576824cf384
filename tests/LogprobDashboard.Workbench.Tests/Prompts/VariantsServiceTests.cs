using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Prompts;

/// <summary>Nobody's words are overwritten unseen, and what a run asked can always be read.</summary>
public sealed class VariantsServiceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Update_FromAnOlderVersion_IsAConflictAndChangesNothing()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness);
        await harness.Variants.UpdateAsync(experiment.Id, variant.Id, new VariantInput("only", null, "second {{ text }}", 1), CancellationToken.None);

        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            harness.Variants.UpdateAsync(experiment.Id, variant.Id, new VariantInput("another name", null, "mine {{ text }}", 1), CancellationToken.None));

        Assert.Equal(UserErrorKind.Conflict, error.Kind);
        Assert.Contains("version 2 by now", error.Title, StringComparison.Ordinal);
        var now = Assert.Single(await Queries(harness).ListAsync(experiment.Id, CancellationToken.None));
        Assert.Equal(("only", 2, "second {{ text }}"), (now.Name, now.Version, now.User));
    }

    [Fact]
    public async Task Update_OfWordsThatAreThereAlready_IsNoConflict()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness);
        var input = new VariantInput("only", null, "second {{ text }}", 1);
        await harness.Variants.UpdateAsync(experiment.Id, variant.Id, input, CancellationToken.None);

        var again = await harness.Variants.UpdateAsync(experiment.Id, variant.Id, input, CancellationToken.None);

        Assert.Equal(2, again.Version);
    }

    [Fact]
    public async Task Rename_KeepsWordsAndVersionAndRefusesATakenName()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness);
        await harness.Variants.CreateAsync(experiment.Id, new VariantInput("taken", null, "{{ text }}"), CancellationToken.None);

        var renamed = await harness.Variants.RenameAsync(experiment.Id, variant.Id, " plain ", CancellationToken.None);
        var taken = await Assert.ThrowsAsync<UserErrorException>(() => harness.Variants.RenameAsync(experiment.Id, variant.Id, "taken", CancellationToken.None));
        var none = await Assert.ThrowsAsync<UserErrorException>(() => harness.Variants.RenameAsync(experiment.Id, variant.Id, " ", CancellationToken.None));

        Assert.Equal(("plain", 1), (renamed.Name, renamed.Version));
        Assert.Equal((UserErrorKind.Conflict, UserErrorKind.Impossible), (taken.Kind, none.Kind));
    }

    [Fact]
    public async Task Duplicate_TakesTheNewestWordsAndAFreeName()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness);
        await harness.Variants.UpdateAsync(experiment.Id, variant.Id, new VariantInput("only", "be brief", "second {{ text }}"), CancellationToken.None);

        var first = await harness.Variants.DuplicateAsync(experiment.Id, variant.Id, null, CancellationToken.None);
        var second = await harness.Variants.DuplicateAsync(experiment.Id, variant.Id, null, CancellationToken.None);
        var named = await harness.Variants.DuplicateAsync(experiment.Id, variant.Id, "mine", CancellationToken.None);

        Assert.Equal(("only copy", "only copy 2", "mine"), (first.Name, second.Name, named.Name));
        Assert.Equal((1, "be brief", "second {{ text }}"), (first.Version, first.System, first.User));
        await Assert.ThrowsAsync<UserErrorException>(() => harness.Variants.DuplicateAsync(experiment.Id, variant.Id, "only", CancellationToken.None));
    }

    [Fact]
    public async Task Delete_OfAVariantThatNeverRan_TakesItsVersionsAlong()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness);
        await harness.Variants.UpdateAsync(experiment.Id, variant.Id, new VariantInput("only", null, "second {{ text }}"), CancellationToken.None);

        await harness.Variants.DeleteAsync(experiment.Id, variant.Id, CancellationToken.None);

        Assert.Empty(await Queries(harness).ListAsync(experiment.Id, CancellationToken.None));
        var gone = await Assert.ThrowsAsync<UserErrorException>(() => Queries(harness).VersionsAsync(experiment.Id, variant.Id, CancellationToken.None));
        Assert.Equal(UserErrorKind.NotFound, gone.Kind);
    }

    [Fact]
    public async Task Delete_OfAVariantThatRan_IsRefusedUntilItsRunsAreGone()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness, server.BaseUrl);
        var run = await harness.RunAsync(experiment);

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => harness.Variants.DeleteAsync(experiment.Id, variant.Id, CancellationToken.None));

        Assert.Equal(UserErrorKind.Conflict, refused.Kind);
        Assert.Contains("1 run needs the words", refused.Title, StringComparison.Ordinal);
        Assert.Equal(3, (await harness.ResultsOfAsync(run.Id)).Count);
        await harness.Runs.DeleteAsync(run.Id, CancellationToken.None);
        await harness.Variants.DeleteAsync(experiment.Id, variant.Id, CancellationToken.None);
        Assert.Empty(await Queries(harness).ListAsync(experiment.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Delete_WhileARunIsGoing_IsRefused()
    {
        var open = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            await open.Task.WaitAsync(context.RequestAborted);
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.1)).ToJsonString());
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness, server.BaseUrl);
        var run = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0];

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => harness.Variants.DeleteAsync(experiment.Id, variant.Id, CancellationToken.None));
        var going = (await Queries(harness).UsesAsync(experiment.Id, CancellationToken.None))[variant.Id].Going;
        open.SetResult();
        await harness.WhenEndedAsync(run.Id);

        Assert.Equal(1, going);
        Assert.Contains("still going", refused.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_NameTheRunsThatAskedWithThem()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, variant) = await StartAsync(harness, server.BaseUrl);
        var first = await harness.RunAsync(experiment);
        await harness.Variants.UpdateAsync(experiment.Id, variant.Id, new VariantInput("only", "new", "second {{ text }}"), CancellationToken.None);

        var versions = await Queries(harness).VersionsAsync(experiment.Id, variant.Id, CancellationToken.None);
        var use = (await Queries(harness).UsesAsync(experiment.Id, CancellationToken.None))[variant.Id];

        Assert.Equal([(2, "new", "second {{ text }}", 0), (1, null, "{{ text }}", 1)], versions.Select(version => (version.Version, version.System, version.User, version.Runs.Count)));
        Assert.Equal((first.Id, RunStatus.Completed, 3), (versions[1].Runs[0].Id, versions[1].Runs[0].Status, versions[1].Runs[0].Completed));
        Assert.Equal(new VariantUse(1, 0, 0), use);
    }

    private static VariantsQueries Queries(WorkbenchHarness harness) => harness.Get<VariantsQueries>();

    private static async Task<(ExperimentRecord Experiment, VariantRecord Variant)> StartAsync(WorkbenchHarness harness, string baseUrl = "http://127.0.0.1:9/v1")
    {
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(baseUrl));
        return (experiment, Assert.Single(await Queries(harness).ListAsync(experiment.Id, CancellationToken.None)));
    }
}
