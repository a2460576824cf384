using System.Text.Json;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class EndpointTestServiceTests : IDisposable
{
    private const string Key = "sk-very-secret-value-0123456789";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Test_OfAServerWithLogProbs_SaysWhatCameBack()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8), ("Maybe", -4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.AddEndpointAsync(server.BaseUrl);

        var test = await harness.Get<EndpointTestService>().TestAsync(endpoint.Id, CancellationToken.None);

        Assert.True(test is { Ok: true, Logprobs: true, Problem: null, Kind: null }, test.Problem);
        Assert.Equal(("m", "scripted-served", 20, 3, "Yes"), (test.Model, test.ServedModel, test.AskedAlternatives, test.Alternatives, test.AnswerText));
        Assert.Equal([("Yes", "Yes"), ("No", "No"), ("Maybe", null)], test.TopLogprobs.Select(token => (token.Token, token.Label)));
        Assert.Contains("20 alternatives were asked for and 3 came", Assert.Single(test.Advice), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(null, "without log probs")]
    [InlineData(-9999.0, "none of its log probs can be used")]
    public async Task Test_OfAServerWithoutUsableLogProbs_IsNotOkAndSaysWhy(double? logprob, string words)
    {
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(("Yes", logprob), ("No", logprob));
            if (logprob is null)
                completion["choices"]![0]!["logprobs"] = null;
            return completion;
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var test = await harness.Get<EndpointTestService>().TestAsync((await harness.AddEndpointAsync(server.BaseUrl)).Id, CancellationToken.None);

        Assert.False(test.Ok);
        Assert.Contains(words, test.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithAWrongKey_SaysWhatToDoAndNotTheKey()
    {
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, 401, $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var test = await harness.Get<EndpointTestService>().TestAsync(new EndpointInput("a", server.BaseUrl, "m", Key), null, CancellationToken.None);

        Assert.Equal((false, FailureKind.Unauthorized), (test.Ok, test.Kind));
        Assert.Contains("check the key", test.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, JsonSerializer.Serialize(test), StringComparison.Ordinal);
        Assert.Empty((await harness.EndpointsQueries.ListAsync(null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Test_OfAChangedForm_UsesTheStoredKeyAtItsOwnAddressOnly()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.2), ("No", -1.8)));
        await using var elsewhere = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.2)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var stored = await harness.Endpoints.CreateAsync(new EndpointInput("a", server.BaseUrl, "m", Key), CancellationToken.None);
        var tests = harness.Get<EndpointTestService>();

        await tests.TestAsync(new EndpointInput("a", server.BaseUrl, "another"), stored.Id, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => tests.TestAsync(new EndpointInput("a", elsewhere.BaseUrl, "m"), stored.Id, CancellationToken.None));
        await tests.TestAsync(new EndpointInput("a", elsewhere.BaseUrl, "m", ""), stored.Id, CancellationToken.None);

        Assert.Equal($"Bearer {Key}", Assert.Single(server.Requests).Authorization);
        Assert.Contains("apiKey", refused.Errors.Keys);
        Assert.Null(Assert.Single(elsewhere.Requests).Authorization);
    }

    [Fact]
    public async Task Test_OfAFormThatCouldNotBeSaved_MakesNoCall()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var tests = harness.Get<EndpointTestService>();

        var many = await Assert.ThrowsAsync<UserErrorException>(() => tests.TestAsync(new EndpointInput("", "nope", ""), null, CancellationToken.None));
        var unset = await Assert.ThrowsAsync<UserErrorException>(() => tests.TestAsync(new EndpointInput("a", "http://127.0.0.1:9/v1", "m", null, "LOGPROB_DASHBOARD_NEVER_SET"), null, CancellationToken.None));

        Assert.Equal(["baseUrl", "model", "name"], many.Errors.Keys.Order());
        Assert.Contains("apiKeyVariable", unset.Errors.Keys);
    }

    [Fact]
    public async Task Overview_OfEndpoints_NamesTheExperimentsThatUseThem()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var used = await harness.AddEndpointAsync("http://127.0.0.1:9/v1");
        var unused = await harness.AddEndpointAsync("http://127.0.0.1:9/v1");
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), used);

        var overview = await harness.EndpointsQueries.OverviewAsync(CancellationToken.None);

        Assert.Equal([unused.Id, used.Id], overview.Select(item => item.Endpoint.Id));
        Assert.Empty(overview[0].UsedBy);
        Assert.Equal(new EndpointUse(experiment.Id, "e"), Assert.Single(overview[1].UsedBy));
    }

    [Fact]
    public void Presets_AllOfThem_MakeAFormThatCanBeSavedOnceTheModelIsNamed()
    {
        var builtIn = new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>> { ["/demo/v1"] = () => throw new NotSupportedException() });
        Assert.Equal(EndpointPresets.All.Count, EndpointPresets.All.Select(preset => preset.Id).Distinct().Count());
        Assert.All(EndpointPresets.All, preset =>
        {
            var extra = preset.ExtraBody is { } fields ? System.Text.Json.Nodes.JsonObject.Create(fields) : null;
            var settings = EndpointInputRules.Check(
                new EndpointInput(preset.Name, preset.BaseUrl, preset.Model ?? "m", null, preset.KeyVariable, preset.TopLogprobs, preset.MaxConcurrency, OutputLimitField: preset.OutputLimitField, ExtraBody: extra), builtIn);
            Assert.InRange(preset.TopLogprobs, 1, preset.TopLogprobsLimit);
            Assert.NotEmpty(preset.Hints);
            Assert.Equal(preset.Key == KeyNeed.None, preset.KeyVariable is null);
            Assert.Equal(preset.BaseUrl, settings.BaseUrl);
            Assert.Same(preset, EndpointPresets.ForAddress(preset.BaseUrl + "/"));
        });
    }
}
