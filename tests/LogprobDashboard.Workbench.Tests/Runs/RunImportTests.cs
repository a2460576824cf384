using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunImportTests : IDisposable
{
    private const string Yes = """ "topLogprobs":[{"token":"Yes","logprob":-0.1},{"token":"No","logprob":-2.4}] """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Import_EveryWayToNameASample_FindsIt()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness);

        var byIndex = await ImportAsync(harness, experiment, $$"""{"index":2,{{Yes}}}""");
        var byId = await ImportAsync(harness, experiment, $$"""{"id":"b",{{Yes}}}""");
        var byText = await ImportAsync(harness, experiment, $$"""{"text":"twice",{{Yes}}}""" + "\n\n" + $$"""{"text":"twice",{{Yes}}}""");
        var byBatchId = await ImportAsync(harness, experiment, $$"""{"custom_id":"c","id":"batch_req_9",{{Yes}}}""" + "\n" + """{"custom_id":"row-1","response":{"status_code":200,"body":{"model":"m-2","choices":[{"message":{"content":"No"},"logprobs":{"content":[{"token":"No","logprob":-0.5,"top_logprobs":[]}]}}]}}}""");

        Assert.Equal([2], await IndexesAsync(harness, byIndex));
        Assert.Equal([1], await IndexesAsync(harness, byId));
        Assert.Equal([2, 3], await IndexesAsync(harness, byText));
        Assert.Equal([1, 2], await IndexesAsync(harness, byBatchId));
        Assert.Equal((RunStatus.Completed, "m-2", null, null), (byBatchId.Status, byBatchId.Model, byBatchId.VariantId, byBatchId.EndpointHost));
        Assert.Equal(2.3, (await harness.ResultsOfAsync(byIndex.Id))[0].Score!.Value, 1e-12);
    }

    [Fact]
    public async Task Import_LinesThatFailed_AreFailedSamples()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness);

        var run = await ImportAsync(harness, experiment, $$"""{"index":0,{{Yes}}}""" + "\n" + """{"custom_id":"b","response":{"status_code":429,"body":{"error":{"message":"slow down"}}},"error":null}""" + "\n" + """{"custom_id":"c","response":null,"error":{"message":"expired"}}""");

        Assert.Equal((RunStatus.Completed, 3, 1, 2), (run.Status, run.Total, run.Completed, run.Failed));
        Assert.Contains("slow down", (await harness.ResultsOfAsync(run.Id))[1].Problem, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Runs.RetryFailedAsync(run.Id, CancellationToken.None));
        Assert.Equal(UserErrorKind.Conflict, error.Kind);
    }

    [Theory]
    [InlineData("{", "Line 2 is not JSON")]
    [InlineData("[]", "Line 2 is no JSON object")]
    [InlineData("""{"topLogprobs":[{"token":"Yes","logprob":-1}]}""", "Line 2 names no sample")]
    [InlineData("""{"index":3}""", "Line 2 holds no answer")]
    [InlineData("""{"index":3,"topLogprobs":[]}""", "Line 2 holds no answer")]
    [InlineData("""{"index":4,"topLogprobs":[{"token":"Yes","logprob":-1}]}""", "Line 2 names a sample that the dataset does not have (4)")]
    [InlineData("""{"index":-1,"topLogprobs":[{"token":"Yes","logprob":-1}]}""", "Line 2 names a sample that the dataset does not have (-1)")]
    [InlineData("""{"index":0,"topLogprobs":[{"token":"Yes","logprob":-1}]}""", "Line 2 names a sample that a line before named (0)")]
    public async Task Import_AWrongLine_IsNamedAndNothingIsImported(string line, string expected)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => ImportAsync(harness, experiment, $$"""{"index":0,{{Yes}}}""" + "\n" + line));

        Assert.StartsWith(expected, error.Title, StringComparison.Ordinal);
        Assert.Empty((await harness.RunsQueries.ListAsync(experiment.Id, null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Import_Answers_NeverServeARun()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(server.BaseUrl));
        await ImportAsync(harness, experiment, $$"""{"index":0,{{Yes}}}""");

        Assert.Equal(0, (await harness.RunAsync(experiment)).Cached);
    }

    private static async Task<ExperimentRecord> ExperimentAsync(WorkbenchHarness harness)
    {
        var dataset = await harness.ImportAsync("id,text,label\na,first,spam\nb,second,ham\nc,twice,ham\nd,twice,ham\n");
        return await harness.Experiments.CreateAsync(new ExperimentInput("e", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])]), CancellationToken.None);
    }

    private static async Task<RunRecord> ImportAsync(WorkbenchHarness harness, ExperimentRecord experiment, string lines)
    {
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "recorded.jsonl", CancellationToken.None);
        return await harness.Get<RunImportService>().ImportAsync(experiment.Id, staged, null, null, CancellationToken.None);
    }

    private static async Task<IEnumerable<int>> IndexesAsync(WorkbenchHarness harness, RunRecord run) => (await harness.ResultsOfAsync(run.Id)).Select(result => result.Index);
}
