using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Workbench.Tests.Prompts;

/// <summary>Words in an editor are checked, filled in and tried without being stored.</summary>
public sealed class PromptChecksTests : IDisposable
{
    private const string Rows = "text,label,Ticket Subject\nhello,ham,Hi\nbuy now,spam,Offer\nbye,ham,End\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Check_OfMistakesInBothTemplates_NamesEachWithItsFieldAndPlace()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(Rows), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));

        var check = await Checks(harness).CheckAsync(experiment.Id, new PromptCheckInput("You see {{ label }}", "one\n{{ txt }}"), CancellationToken.None);

        Assert.Equal([("system", 1, 12), ("user", 2, 4)], check.Problems.Select(problem => (problem.Field, problem.Line, problem.Column)));
        Assert.Empty(check.Messages);
    }

    [Fact]
    public async Task Check_OfGoodTemplates_FillsThemInForTheSampleOrTheText()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);
        var input = new PromptCheckInput(" ", "{{ labels }}? {{ columns[\"Ticket Subject\"] }}: {{ text }}");

        var sample = await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], input with { SampleIndex = 1 }, CancellationToken.None);
        var first = await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], input, CancellationToken.None);
        var own = await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], input with { Text = "{{ mine }}" }, CancellationToken.None);

        Assert.Equal(("user", "spam, ham? Offer: buy now"), (Assert.Single(sample.Messages).Role, sample.Messages[0].Content));
        Assert.Equal("spam, ham? Hi: hello", first.Messages[0].Content);
        Assert.Equal("spam, ham? : {{ mine }}", own.Messages[0].Content);
        Assert.Null(sample.Advice);
    }

    [Fact]
    public async Task Check_OfATemplateWithoutTheText_SaysSo()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);

        Assert.NotNull(await AdviceAsync("Is it spam?", null));
        Assert.NotNull(await AdviceAsync("{{ columns[\"Ticket Subject\"] }}", null));
        Assert.Null(await AdviceAsync("Is it spam?", "{{ text }}"));
        Assert.Null(await AdviceAsync("{{ columns.text }}", null));

        async Task<string?> AdviceAsync(string user, string? system) =>
            (await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], new PromptCheckInput(system, user), CancellationToken.None)).Advice;
    }

    [Fact]
    public async Task Check_OfAnEmptyPromptOrAnUnknownSample_SaysWhatIsWrong()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Rows);

        var empty = await Checks(harness).CheckDatasetAsync(dataset.Id, [], new PromptCheckInput(null, ""), CancellationToken.None);
        var blank = await Checks(harness).CheckDatasetAsync(dataset.Id, [], new PromptCheckInput(null, "{% if false %}{{ text }}{% endif %}"), CancellationToken.None);
        var unknown = await Assert.ThrowsAsync<UserErrorException>(() =>
            Checks(harness).CheckDatasetAsync(dataset.Id, [], new PromptCheckInput(null, "{{ text }}", 3), CancellationToken.None));

        Assert.Equal(("user", 1), (Assert.Single(empty.Problems).Field, empty.Problems[0].Line));
        Assert.Contains("empty for this sample", blank.RenderingProblem, StringComparison.Ordinal);
        Assert.Contains("0 to 2", unknown.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_ArePutInAsTheyStand_AndAllParse()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync("text,label,Ticket Subject,priority\nhello,ham,Hi,3\nx,spam,y,4\n");
        var fields = (await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], new PromptCheckInput(null, "{{ text }}"), CancellationToken.None)).Fields;

        Assert.Equal(["text", "labels", "labelList", "columns[\"Ticket Subject\"]", "priority"], fields.Select(field => field.Name));
        var all = await Checks(harness).CheckDatasetAsync(dataset.Id, ["spam", "ham"], new PromptCheckInput(null, string.Join('|', fields.Select(field => field.Insert))), CancellationToken.None);
        Assert.Equal("hello|spam, ham|- spam\n- ham\n|Hi|3", Assert.Single(all.Messages).Content);
    }

    [Fact]
    public async Task TryDraft_AsksWithTheUnsavedWordsAndStoresNothing()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(Rows), await harness.AddEndpointAsync(server.BaseUrl));

        var tried = await harness.Get<TryService>().TryDraftAsync(experiment.Id, new TryDraftInput("Be brief.", "Unsaved: {{ text }}", SampleIndex: 1), CancellationToken.None);
        var own = await harness.Get<TryService>().TryDraftAsync(experiment.Id, new TryDraftInput(null, "{{ text }}", Text: "my own"), CancellationToken.None);

        Assert.Equal(["Be brief.\nUnsaved: buy now", "my own"], server.Requests.Select(request => request.Prompt));
        Assert.Equal(("spam", "spam", null), (tried.Predicted, tried.TrueLabel, own.TrueLabel));
        var variant = Assert.Single(await harness.Get<VariantsQueries>().ListAsync(experiment.Id, CancellationToken.None));
        Assert.Equal(("{{ text }}", 1), (variant.User, variant.Version));
    }

    [Fact]
    public async Task TryDraft_OfWordsWithAMistake_MakesNoCall()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportAsync(Rows), await harness.AddEndpointAsync(server.BaseUrl));

        await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<TryService>().TryDraftAsync(experiment.Id, new TryDraftInput(null, "{{ txt }}", SampleIndex: 0), CancellationToken.None));
        await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<TryService>().TryDraftAsync(experiment.Id, new TryDraftInput(null, "{{ text }}"), CancellationToken.None));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Samples_SteppedThroughByLabel_AreThoseOfTheLabel()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(8), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));
        var samples = harness.Get<PreviewSamples>();

        Assert.Equal((1, 0, 2), Steps(await samples.AtAsync(experiment.Id, 1, null, CancellationToken.None)));
        Assert.Equal((3, 0, 6), Steps(await samples.AtAsync(experiment.Id, 1, "spam", CancellationToken.None)));
        Assert.Equal((6, 3, null), Steps(await samples.AtAsync(experiment.Id, 7, "spam", CancellationToken.None)));
        Assert.Equal((0, null, 1), Steps(await samples.AtAsync(experiment.Id, 0, null, CancellationToken.None)));
        Assert.Null(await samples.AtAsync(experiment.Id, 0, "other", CancellationToken.None));
        for (var tries = 0; tries < 20; tries++)
            Assert.Equal(0, (await samples.AnyAsync(experiment.Id, "spam", CancellationToken.None)) % 3);

        static (int, int?, int?) Steps(PreviewSample? sample) => (sample!.Sample.Index, sample.Previous, sample.Next);
    }

    private static PromptChecks Checks(WorkbenchHarness harness) => harness.Get<PromptChecks>();
}
