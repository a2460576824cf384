using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Experiments;

public sealed class ExperimentListTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task List_Paged_ShowsEachExperimentOnce_InEveryOrder()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(6);
        foreach (var name in new[] { "beta", "Alpha", "gamma", "delta", "Epsilon" })
            await CreateAsync(harness, dataset, name);

        Assert.Equal(["Epsilon", "delta", "gamma", "Alpha", "beta"], await NamesAsync(harness, ExperimentSort.Newest));
        Assert.Equal(["Alpha", "beta", "delta", "Epsilon", "gamma"], await NamesAsync(harness, ExperimentSort.Name));
        Assert.Equal(["Epsilon", "delta", "gamma", "Alpha", "beta"], await NamesAsync(harness, ExperimentSort.Best));
        var beyond = await ListAsync(harness, new ExperimentListRequest(Page: 99, Take: 2));
        Assert.Equal((3, 3, 5), (beyond.Page, beyond.Pages, beyond.All));
        Assert.Equal("beta", Assert.Single(beyond.Items).Name);
    }

    [Theory]
    [InlineData("ALPH", "Alpha")]
    [InlineData("Phish", "with phish")]
    [InlineData("words", "")]
    [InlineData("100%", "")]
    [InlineData("ÜBER", "über")]
    public async Task List_Searched_LooksIntoNamesAndLabels_WhateverTheCase(string search, string expected)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(6);
        await CreateAsync(harness, dataset, "Alpha");
        await CreateAsync(harness, dataset, "über");
        await harness.Experiments.CreateAsync(new ExperimentInput("with phish", dataset.Id, null, [new("spam"), new("phish", ["P"])]), CancellationToken.None);

        var found = await ListAsync(harness, new ExperimentListRequest(search));

        Assert.Equal(expected, string.Join(", ", found.Items.Select(experiment => experiment.Name)));
        Assert.Equal(3, found.All);
    }

    [Fact]
    public async Task List_SearchedForTheDataset_FindsItsExperiments()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        await CreateAsync(harness, await harness.ImportRowsAsync(6), "Alpha");

        Assert.Equal("Alpha", Assert.Single((await ListAsync(harness, new ExperimentListRequest("ROWS"))).Items).Name);
    }

    [Fact]
    public async Task List_AfterRuns_SortsByTheBestAveragePrecision_AndByTheLastRun()
    {
        await using var server = await ScriptedServer.StartAsync(request => Answer(request.Prompt));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(12);
        var endpoint = await harness.AddEndpointAsync(server.BaseUrl);
        await AddAsync(harness, dataset, endpoint, "good");
        await AddAsync(harness, dataset, endpoint, "bad");
        await CreateAsync(harness, dataset, "unrun");

        var best = await ListAsync(harness, new ExperimentListRequest(Sort: ExperimentSort.Best));
        var last = await ListAsync(harness, new ExperimentListRequest(Sort: ExperimentSort.LastRun));

        Assert.Equal(["good", "bad", "unrun"], best.Items.Select(experiment => experiment.Name));
        Assert.Equal(1, best.Items[0].BestAveragePrecision);
        Assert.True(best.Items[1].BestAveragePrecision < 1);
        Assert.Null(best.Items[2].BestAveragePrecision);
        Assert.Equal(["bad", "good", "unrun"], last.Items.Select(experiment => experiment.Name));
        Assert.Equal("first v1", best.Items[0].BestRunName);
        Assert.Equal((1.0, 0.0), (best.Items[0].Curves[0].Points[0].Precision, best.Items[0].Curves[0].Points[0].Recall));
    }

    [Fact]
    public async Task List_AfterThePositiveLabelChanged_ShowsTheFiguresOfTheNewOne()
    {
        await using var server = await ScriptedServer.StartAsync(request => Answer(request.Prompt));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await AddAsync(harness, await harness.ImportRowsAsync(12), await harness.AddEndpointAsync(server.BaseUrl), "bad");
        var before = Assert.Single((await ListAsync(harness, new ExperimentListRequest())).Items);

        await harness.Experiments.ChangeAsync(experiment.Id, new ExperimentChange(PositiveLabel: "ham"), CancellationToken.None);
        var after = Assert.Single((await ListAsync(harness, new ExperimentListRequest())).Items);

        Assert.Equal("ham", after.PositiveLabel);
        Assert.NotEqual(before.BestAveragePrecision, after.BestAveragePrecision);
    }

    /// <summary>"good" experiments rank every spam above every ham, "bad" ones the reverse. Every third row is spam.</summary>
    private static System.Text.Json.Nodes.JsonObject Answer(string prompt)
    {
        var number = int.Parse(prompt.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var spam = (number % 3 == 0) == prompt.StartsWith("good", StringComparison.Ordinal);
        return ScriptedServer.Completion(("Yes", Math.Log(spam ? 0.9 : 0.1)), ("No", Math.Log(spam ? 0.1 : 0.9)));
    }

    private static async Task<ExperimentRecord> AddAsync(WorkbenchHarness harness, DatasetRecord dataset, EndpointRecord endpoint, string name)
    {
        var experiment = await harness.Experiments.CreateAsync(new ExperimentInput(name, dataset.Id, endpoint.Id, [new("spam", ["Yes"]), new("ham", ["No"])], "spam"), CancellationToken.None);
        await harness.Variants.CreateAsync(experiment.Id, new("first", null, name + " {{ text }}"), CancellationToken.None);
        Assert.Equal(RunStatus.Completed, (await harness.RunAsync(experiment)).Status);
        return experiment;
    }

    private static Task<ExperimentRecord> CreateAsync(WorkbenchHarness harness, DatasetRecord dataset, string name) =>
        harness.Experiments.CreateAsync(new ExperimentInput(name, dataset.Id, null, [new("spam", ["Yes"]), new("ham", ["No"])]), CancellationToken.None);

    private static Task<ExperimentListView> ListAsync(WorkbenchHarness harness, ExperimentListRequest request) =>
        harness.Get<ExperimentListQueries>().ListAsync(request, CancellationToken.None);

    private static async Task<IReadOnlyList<string>> NamesAsync(WorkbenchHarness harness, ExperimentSort sort)
    {
        var names = new List<string>();
        for (var page = 1; page <= 3; page++)
            names.AddRange((await ListAsync(harness, new ExperimentListRequest(Sort: sort, Page: page, Take: 2))).Items.Select(experiment => experiment.Name));
        return names;
    }
}
