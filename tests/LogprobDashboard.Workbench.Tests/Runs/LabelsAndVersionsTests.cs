using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>Labels may change after a run, and prompts; what ran stays what it was.</summary>
public sealed class LabelsAndVersionsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ChangeLabels_ReadsTheStoredAnswersAgainWithoutACall()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Sure", -0.2), ("Yes", -2.0), ("No", -3.0)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);
        Assert.All(await harness.ResultsOfAsync(run.Id), result => Assert.Equal(1.0, result.Score!.Value, 1e-12));
        var calls = server.Requests.Count;

        await harness.Experiments.ChangeAsync(experiment.Id, new ExperimentChange(Labels: [new ExperimentLabel("spam", ["Sure"]), new ExperimentLabel("ham", ["No", "Yes"])]), CancellationToken.None);

        var expected = -0.2 - Math.Log(Math.Exp(-2) + Math.Exp(-3));
        Assert.All(await harness.ResultsOfAsync(run.Id), result => Assert.Equal(expected, result.Score!.Value, 1e-12));
        Assert.Equal(calls, server.Requests.Count);

        await harness.Experiments.ChangeAsync(experiment.Id, new ExperimentChange(Labels: [new ExperimentLabel("spam", ["qqq"]), new ExperimentLabel("ham", ["zzz"])]), CancellationToken.None);
        Assert.Equal((30, 30), await CountsAsync(harness, run.Id));
    }

    [Fact]
    public async Task ChangeLabels_WhileARunIsPaused_ItsPromptsStayTheSame()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(server.BaseUrl));
        var variant = await harness.Variants.CreateAsync(experiment.Id, new VariantInput("labels", null, "{{ labels }}: {{ text }}"), CancellationToken.None);
        var run = await harness.RunAsync(experiment, new RunInput([variant.Id], Limit: 1));
        await harness.Experiments.ChangeAsync(experiment.Id, new ExperimentChange(Labels: [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"]), new ExperimentLabel("promo", ["Maybe"])]), CancellationToken.None);

        var plan = await harness.Get<RunPlanner>().PlanAsync(long.Parse(run.Id, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None);
        var later = await harness.RunAsync(experiment, new RunInput([variant.Id], Limit: 1));

        var sample = new SampleRecord(0, null, "x", null, null, new Dictionary<string, object?>());
        Assert.Equal("spam, ham: x", plan!.Prompts.Render(sample)[0].Content);
        Assert.Equal((1, 0), (later.Completed, later.Cached));
    }

    [Fact]
    public async Task EditVariant_AfterARun_MakesAVersionAndTheRunKeepsItsOwn()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);

        var same = await harness.Variants.UpdateAsync(experiment.Id, run.VariantId!, new VariantInput("only", null, "{{ text }}"), CancellationToken.None);
        var changed = await harness.Variants.UpdateAsync(experiment.Id, run.VariantId!, new VariantInput("only", null, "Spam? {{ text }}"), CancellationToken.None);
        var second = await harness.RunAsync(experiment);

        Assert.Equal((1, 2, 2), (same.Version, changed.Version, second.VariantVersion));
        Assert.Equal(1, (await harness.RunsQueries.GetAsync(run.Id, CancellationToken.None)).VariantVersion);
        Assert.Equal(("only v1", "only v2"), (run.Name, second.Name));
    }

    [Fact]
    public async Task Try_StoresNothing()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4), ("?", -6)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(server.BaseUrl));
        var variant = Assert.Single(await harness.Get<VariantsQueries>().ListAsync(experiment.Id, CancellationToken.None));

        var tried = await harness.Get<TryService>().TryAsync(experiment.Id, variant.Id, new TryInput(SampleIndex: 0), CancellationToken.None);
        var run = await harness.RunAsync(experiment, new RunInput(Limit: 3));

        Assert.Equal(("spam", "spam", 2.3), (tried.Predicted, tried.TrueLabel, Math.Round(tried.Score!.Value, 12)));
        Assert.Equal([("Yes", "spam"), ("No", "ham"), ("?", null)], tried.TopLogprobs.Select(token => (token.Token, token.Label)));
        Assert.Equal(0, run.Cached);
    }

    private static async Task<(int Completed, int Unscorable)> CountsAsync(WorkbenchHarness harness, string id)
    {
        var run = await harness.RunsQueries.GetAsync(id, CancellationToken.None);
        return (run.Completed, run.Unscorable);
    }
}
