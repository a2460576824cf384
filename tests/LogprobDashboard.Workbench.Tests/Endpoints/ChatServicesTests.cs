using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class ChatServicesTests
{
    private static readonly PromptMessage[] Messages = [new("user", "a")];

    [Fact]
    public async Task Call_OfManyKeys_KeepsTheLastFew()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        using var caller = Caller(TimeProvider.System);

        for (var i = 0; i < ChatServices.Most + 10; i++)
            await caller.CallAsync(Target(server, $"sk-{i:0000000000}"), Messages, CancellationToken.None);

        Assert.Equal(ChatServices.Most, caller.KeptServices);
        Assert.Equal(ChatServices.Most + 10, server.Requests.Select(request => request.Authorization).Distinct().Count());
    }

    [Fact]
    public async Task Call_Once_KeepsNothing()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        using var caller = Caller(TimeProvider.System);

        Assert.NotNull((await caller.CallOnceAsync(Target(server, "sk-typed-0123456789"), Messages, CancellationToken.None)).Answer);

        Assert.Equal(0, caller.KeptServices);
    }

    [Fact]
    public async Task Call_AfterAnHour_LetsGoOfWhatWasNotUsed()
    {
        var time = new FakeTimeProvider();
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        using var caller = Caller(time);
        await caller.CallAsync(Target(server, "sk-a-0123456789"), Messages, CancellationToken.None);
        await caller.CallAsync(Target(server, "sk-b-0123456789"), Messages, CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(40));
        await caller.CallAsync(Target(server, "sk-b-0123456789"), Messages, CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(40));

        await caller.CallAsync(Target(server, "sk-c-0123456789"), Messages, CancellationToken.None);

        Assert.Equal(2, caller.KeptServices);
    }

    private static ChatCaller Caller(TimeProvider time) => new(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()), time);

    private static CallTarget Target(ScriptedServer server, string apiKey) =>
        new(new CallSettings(server.BaseUrl, "m", 20, 30, 1, OutputLimitField.MaxTokens, null, null), apiKey);
}
