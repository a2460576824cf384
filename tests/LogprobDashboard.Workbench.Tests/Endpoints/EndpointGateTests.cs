using LogprobDashboard.Workbench.Endpoints;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class EndpointGateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Enter_AllPlacesTaken_WaitsInOrder()
    {
        var gate = new EndpointGate(new EndpointLimits(1), _time);
        var first = await gate.EnterAsync(CancellationToken.None);
        var second = gate.EnterAsync(CancellationToken.None);
        var third = gate.EnterAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_TakesNoPlace()
    {
        var gate = new EndpointGate(new EndpointLimits(1), _time);
        var first = await gate.EnterAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var second = gate.EnterAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();

        Assert.True(gate.EnterAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Enter_RequestsPerMinute_SpacesTheStarts()
    {
        var gate = new EndpointGate(new EndpointLimits(9, RequestsPerMinute: 60), _time);
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
        var second = gate.EnterAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await second).Dispose();
    }

    [Fact]
    public async Task Charge_TokensPerMinute_PostponesTheNextStart()
    {
        var gate = new EndpointGate(new EndpointLimits(9, TokensPerMinute: 1000), _time);
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
        gate.Charge(500);
        var next = gate.EnterAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await next).Dispose();
    }

    [Fact]
    public async Task Enter_CancelledWhileWaitingForTheClock_GivesItsStartBack()
    {
        var gate = new EndpointGate(new EndpointLimits(9, RequestsPerMinute: 60), _time);
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 8).Select(_ => gate.EnterAsync(stop.Token)).ToList();
        await stop.CancelAsync();
        foreach (var one in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);

        var next = gate.EnterAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await next).Dispose();
    }

    [Fact]
    public async Task Limits_Raised_AdmitThoseWhoWait()
    {
        var gate = new EndpointGate(new EndpointLimits(1), _time);
        using var first = await gate.EnterAsync(CancellationToken.None);
        var second = gate.EnterAsync(CancellationToken.None);

        gate.Limits = new EndpointLimits(2);

        (await second).Dispose();
    }
}
