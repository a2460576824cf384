using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Tests.Experiments;

public sealed class ExperimentsServiceTests : IDisposable
{
    private const string Rows = "text,label\nbuy now,spam\nhello there,ham\nsee you,ham\nwhat,junk\nnothing here,\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Create_PositiveLabelLeftOut_IsTheRarerOfTwo_ElseTheFirst()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);

        Assert.Equal("spam", (await CreateAsync(harness, dataset, new("ham"), new("spam"))).PositiveLabel);
        Assert.Equal("ham", (await CreateAsync(harness, dataset, new("ham"), new("spam"), new("junk"))).PositiveLabel);
    }

    [Fact]
    public async Task Create_LabelsLeftOut_AreThoseOfTheData()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var experiment = await CreateAsync(harness, await harness.ImportAsync(Rows));

        Assert.Equal(["ham", "junk", "spam"], experiment.Labels.Select(label => label.Name).Order());
        Assert.All(experiment.Labels, label => Assert.Equal([label.Name], label.Words));
    }

    [Fact]
    public async Task Create_RowsThatCannotBeJudged_AreCountedInWarnings()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var experiment = await CreateAsync(harness, await harness.ImportAsync(Rows), new("spam", ["Yes"]), new("ham", ["No"]), new("phish", ["Phish"]));

        Assert.Equal(["labelsNotInSet", "labelsWithoutRows", "rowsWithoutLabel"], experiment.Warnings.Select(warning => warning.Code).Order());
        Assert.Contains(experiment.Warnings, warning => warning.Message.StartsWith("1 rows carry a label that is not in the set (junk)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "10")]
    [InlineData("account access", "account deletion")]
    [InlineData("sport", "sporting news")]
    public async Task Create_WordsThatOneTokenCannotTellApart_WarnWithWhatToDo(string one, string other)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var experiment = await CreateAsync(harness, await harness.ImportAsync(Rows), new("spam", [one]), new("ham", [other]));

        var warning = Assert.Single(experiment.Warnings, warning => warning.Code == "labelWordsAlike");
        Assert.Contains("letter codes", warning.Message, StringComparison.Ordinal);
        Assert.Contains("more answer tokens", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_AWordOfTwoLabels_IsRefused()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => CreateAsync(harness, dataset, new("spam", ["Yes"]), new("ham", [" yes."])));

        Assert.Equal((UserErrorKind.Impossible, "labels"), (error.Kind, Assert.Single(error.Errors).Key));
    }

    [Fact]
    public async Task Delete_ADatasetInUse_IsAConflict()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);
        var experiment = await CreateAsync(harness, dataset);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<DatasetsService>().DeleteAsync(dataset.Id, CancellationToken.None));
        Assert.Equal(UserErrorKind.Conflict, error.Kind);

        await harness.Experiments.DeleteAsync(experiment.Id, CancellationToken.None);
        await harness.Get<DatasetsService>().DeleteAsync(dataset.Id, CancellationToken.None);
    }

    private static Task<ExperimentRecord> CreateAsync(WorkbenchHarness harness, DatasetRecord dataset, params ExperimentLabel[] labels) =>
        harness.Experiments.CreateAsync(new ExperimentInput("e", dataset.Id, null, labels, null), CancellationToken.None);
}
