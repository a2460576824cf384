using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>What is known is not asked again.</summary>
public sealed class AnswerCacheTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_SamePromptTwice_IsOneCall_AndALaterRunNone()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync("text,label\n" + string.Concat(Enumerable.Range(0, 200).Select(index => $"same {index % 10},{(index % 2 == 0 ? "spam" : "ham")}\n")));
        var experiment = await harness.AddExperimentAsync(dataset, await harness.AddEndpointAsync(server.BaseUrl));

        var first = await harness.RunAsync(experiment);
        var second = await harness.RunAsync(experiment);
        var third = await harness.RunAsync(experiment, new RunInput(UseCache: false, Limit: 7));

        Assert.Equal((200, 190), (first.Completed, first.Cached));
        Assert.Equal((200, 200, 0L), (second.Completed, second.Cached, second.PromptTokens));
        Assert.Equal((7, 0), (third.Completed, third.Cached));
        Assert.Equal(10 + 7, server.Requests.Count);
    }

    /// <summary>Those who wait for the same answer get its failure with it: asked one after another they would take as many time-outs.</summary>
    [Fact]
    public async Task Run_SamePromptFails_IsOneCallForThoseWhoWait()
    {
        var twelve = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            await twelve.Task;
            await ScriptedServer.WriteAsync(context, 500, "{}");
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync("text,label\n" + string.Concat(Enumerable.Range(0, 12).Select(index => $"same,{(index % 2 == 0 ? "spam" : "ham")}\n")));
        var experiment = await harness.AddExperimentAsync(dataset, await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 12));
        var started = harness.RunAsync(experiment);
        twelve.SetResult();

        var run = await started;

        Assert.Equal(12, run.Failed);
        Assert.InRange(server.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task Run_Ended_LeavesNoAnswerInMemory()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));

        await harness.RunAsync(experiment);

        Assert.Equal(0, harness.Get<AnswerCache>().OnTheWay);
    }

    [Fact]
    public async Task Run_AnswersWithoutLogProbs_AreAskedForAgain()
    {
        var logprobs = false;
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(("Yes", -0.1));
            if (!logprobs)
                completion["choices"]![0]!["logprobs"] = null;
            return completion;
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync(server.BaseUrl));
        Assert.Equal(5, (await harness.RunAsync(experiment)).Unscorable);
        logprobs = true;

        var run = await harness.RunAsync(experiment);

        Assert.Equal((0, 0), (run.Unscorable, run.Cached));
    }
}
