using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>What is foretold is what the run then does.</summary>
public sealed class RunCostTests : IDisposable
{
    private static readonly string TenTextsTwenty = "text,label,source\n" + string.Concat(Enumerable.Range(0, 200).Select(index => $"same {index % 10},{(index % 2 == 0 ? "spam" : "ham")},{(index < 50 ? "sms" : "chat")}\n"));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Cost_BeforeAndAfterARun_IsTheCallsThatTheServerGets()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(TenTextsTwenty), await harness.AddEndpointAsync(server.BaseUrl));

        var before = await CostAsync(harness, experiment.Id, new RunInput());
        Assert.Empty(server.Requests);
        var run = await harness.RunAsync(experiment);
        var after = await CostAsync(harness, experiment.Id, new RunInput());

        Assert.Equal((200, 10, 0, 190, 0, 0), (before.SamplesPerVariant, before.Calls, before.FromCache, before.Duplicates, before.Unusable, before.Unchecked));
        Assert.Equal((before.Calls, before.Duplicates), (server.Requests.Count, run.Cached));
        Assert.Equal((0, 200, 0), (after.Calls, after.FromCache, after.Duplicates));
        Assert.Null(after.Forecast);
    }

    [Fact]
    public async Task Cost_TwoVariantsOfOnePrompt_ShareTheirCalls()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), await harness.AddEndpointAsync(server.BaseUrl));
        await harness.Variants.CreateAsync(experiment.Id, new VariantInput("twin", null, "{{ text }}"), CancellationToken.None);
        await harness.Variants.CreateAsync(experiment.Id, new VariantInput("other", null, "Spam? {{ text }}"), CancellationToken.None);

        var cost = await CostAsync(harness, experiment.Id, new RunInput());

        Assert.Equal((60, 30), (cost.Calls, cost.Duplicates));
        Assert.Equal([(30, 0), (0, 30), (30, 0)], cost.Variants.Select(variant => (variant.Calls, variant.Duplicates)));
    }

    [Fact]
    public async Task Cost_WithoutTheCache_IsACallForEverySample()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(TenTextsTwenty), await harness.AddEndpointAsync(server.BaseUrl));
        await harness.RunAsync(experiment);

        var cost = await CostAsync(harness, experiment.Id, new RunInput(UseCache: false));

        Assert.Equal((200, 0, 0), (cost.Calls, cost.FromCache, cost.Duplicates));
    }

    [Fact]
    public async Task Cost_OfSourcesAndALimit_IsOfTheSamplesThatWouldRun()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));
        await harness.RunAsync(experiment, new RunInput(Sources: ["sms"], Limit: 20, SampleSeed: 3));

        var same = await CostAsync(harness, experiment.Id, new RunInput(Sources: ["sms"], Limit: 20, SampleSeed: 3));
        var larger = await CostAsync(harness, experiment.Id, new RunInput(Sources: ["sms"], Limit: 30, SampleSeed: 3));

        Assert.Equal((20, 0, 20), (same.SamplesPerVariant, same.Calls, same.FromCache));
        Assert.Equal((30, 10, 20), (larger.SamplesPerVariant, larger.Calls, larger.FromCache));
    }

    [Fact]
    public async Task Cost_OfAnswersWithoutLogProbs_CountsThemAsCalls()
    {
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(("Yes", -0.1));
            completion["choices"]![0]!["logprobs"] = null;
            return completion;
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync(server.BaseUrl));
        await harness.RunAsync(experiment);

        Assert.Equal(5, (await CostAsync(harness, experiment.Id, new RunInput())).Calls);
    }

    [Fact]
    public async Task Cost_OfPromptsThatStayEmpty_IsNoCall()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync("text,label,extra\na,spam,\nb,ham,x\nc,ham,y\n");
        var experiment = await harness.AddExperimentAsync(dataset, await harness.AddEndpointAsync(server.BaseUrl));
        var variant = await harness.Variants.CreateAsync(experiment.Id, new VariantInput("extra", null, "{{ extra }}"), CancellationToken.None);

        var cost = await CostAsync(harness, experiment.Id, new RunInput([variant.Id]));

        Assert.Equal((2, 1), (cost.Calls, cost.Unusable));
    }

    [Fact]
    public async Task Cost_OutOfTime_IsAnUpperBoundThatSaysSo()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(TenTextsTwenty), await harness.AddEndpointAsync(server.BaseUrl));

        var cost = await harness.Get<RunCostQueries>().OfAsync(experiment.Id, new RunInput(), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal((200, 200), (cost.Calls, cost.Unchecked));
    }

    [Fact]
    public async Task Cost_AfterARunAtThatEndpoint_ForetellsTimeAndTokens()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));
        Assert.Null((await CostAsync(harness, experiment.Id, new RunInput())).Forecast);
        await harness.RunAsync(experiment, new RunInput(Limit: 30));

        var cost = await CostAsync(harness, experiment.Id, new RunInput());
        var forecast = cost.Forecast!;

        Assert.Equal((30, "only v1"), (forecast.BasedOnCalls, forecast.BasedOnRun));
        Assert.Equal(Math.Ceiling(70 / 8.0) * forecast.CallMilliseconds / 1000, forecast.Seconds, 1e-9);
        Assert.Equal(new TokenForecast(700, 70, TokenBasis.Measured, "only v1", 30, null), cost.Tokens);
    }

    [Theory]
    [InlineData("gpt-4o-mini", TokenBasis.Counted, "o200k_base")]
    [InlineData("openai/gpt-4.1", TokenBasis.Counted, "o200k_base")]
    [InlineData("gpt-3.5-turbo", TokenBasis.Counted, "cl100k_base")]
    [InlineData("llama3:8b", TokenBasis.Estimated, "o200k_base")]
    public async Task Cost_OfPromptsNeverSent_CountsTheirTokens(string model, TokenBasis basis, string encoding)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("priced", "http://127.0.0.1:9/v1", model, PromptTokenPrice: 2, CompletionTokenPrice: 8), CancellationToken.None);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync("text,label\nhello world,ham\nhello big world,spam\n"), endpoint);

        var tokens = (await CostAsync(harness, experiment.Id, new RunInput())).Tokens;

        // Two and three words of one token each, and the frame of the chat: 4 tokens a message, 3 for the answer's beginning.
        Assert.Equal(new TokenForecast(2 + 3 + (2 * 7), 2, basis, encoding, 2, ((19 * 2) + (2 * 8)) / 1e6), tokens);
    }

    [Fact]
    public async Task Cost_OfManyPrompts_CountsAnEvenChoiceOfThem()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var rows = "text,label\n" + string.Concat(Enumerable.Range(0, 4000).Select(index => $"{string.Concat(Enumerable.Repeat("word ", index < 2000 ? 5 : 45))}{index},ham\n"));
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(rows), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));

        var tokens = (await CostAsync(harness, experiment.Id, new RunInput())).Tokens!;

        Assert.Equal(CostTally.PromptsKept, tokens.Counted);
        Assert.InRange(tokens.PromptTokens, 4000 * 33, 4000 * 37); // 25 words, a number of about two tokens, the frame's 7: 34.5 on average
    }

    [Fact]
    public async Task Cost_WithoutACall_TakesNoTokens()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync(server.BaseUrl));
        await harness.RunAsync(experiment);

        Assert.Null((await CostAsync(harness, experiment.Id, new RunInput())).Tokens);
    }

    [Fact]
    public async Task Cost_OfWhatCannotStart_NamesTheField()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));

        Assert.Contains("sources", (await RefusedAsync(new RunInput(Sources: ["fax"]))).Errors.Keys);
        Assert.Contains("limit", (await RefusedAsync(new RunInput(Limit: 0))).Errors.Keys);
        Assert.Contains("endpointId", (await RefusedAsync(new RunInput(EndpointId: "77"))).Errors.Keys);
        Assert.Contains("maxTokens", (await RefusedAsync(new RunInput(MaxTokens: 0))).Errors.Keys);
        Assert.Contains("maxCost", (await RefusedAsync(new RunInput(MaxCost: double.NaN))).Errors.Keys);
        Assert.Contains("no prices", (await RefusedAsync(new RunInput(MaxCost: 2))).Title, StringComparison.Ordinal);
        Assert.Contains("variantIds", (await RefusedAsync(new RunInput(["77"]))).Errors.Keys);

        Task<UserErrorException> RefusedAsync(RunInput input) => Assert.ThrowsAsync<UserErrorException>(() => CostAsync(harness, experiment.Id, input));
    }

    private static Task<RunCost> CostAsync(WorkbenchHarness harness, string experimentId, RunInput input) =>
        harness.Get<RunCostQueries>().OfAsync(experimentId, input, CancellationToken.None);
}
