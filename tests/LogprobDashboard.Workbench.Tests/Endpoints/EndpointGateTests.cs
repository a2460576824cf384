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

    [Fact]
    public async Task Enter_SeveralRuns_TakeTurnsHoweverManyWait()
    {
        var gate = new EndpointGate(new EndpointLimits(1), _time);
        var place = await gate.EnterAsync(1, CancellationToken.None);
        var started = new List<long>();
        var flood = Enumerable.Range(0, 6).Select(_ => EnterAsync(1)).ToList();
        var late = Enumerable.Range(0, 3).Select(_ => EnterAsync(2)).ToList();
        var last = EnterAsync(3);

        place.Dispose();
        await Task.WhenAll([.. flood, .. late, last]);

        Assert.Equal([1, 2, 3, 1, 2, 1, 2, 1, 1, 1], started);

        async Task EnterAsync(long run)
        {
            using var own = await gate.EnterAsync(run, CancellationToken.None);
            started.Add(run);
        }
    }

    [Fact]
    public async Task Tell_RateLimitedOrTimedOut_HalvesThePlacesOnceForAllWhoWereUnderWay()
    {
        var gate = new EndpointGate(new EndpointLimits(8), _time);
        var places = await EnterAllAsync(gate, 8);

        places[0].Tell(Failed(FailureKind.RateLimited));
        places[1].Tell(Failed(FailureKind.TimedOut));
        places[2].Tell(Failed(FailureKind.RateLimited));

        Assert.Equal(4, gate.Concurrency);
        places.ForEach(place => place.Dispose());
        places = await EnterAllAsync(gate, 4);
        Assert.False(gate.EnterAsync(CancellationToken.None).IsCompleted);
        places[0].Tell(Failed(FailureKind.RateLimited));
        Assert.Equal(2, gate.Concurrency);
    }

    [Theory]
    [InlineData(FailureKind.ServerError)]
    [InlineData(FailureKind.Unreachable)]
    [InlineData(FailureKind.Malformed)]
    [InlineData(FailureKind.Unauthorized)]
    public async Task Tell_AnotherFailure_LeavesThePlaces(FailureKind kind)
    {
        var gate = new EndpointGate(new EndpointLimits(8), _time);
        (await gate.EnterAsync(CancellationToken.None)).Tell(Failed(kind));
        Assert.Equal(8, gate.Concurrency);
    }

    [Fact]
    public async Task Tell_Answers_WinOnePlaceAfterAnotherUpToTheLimit()
    {
        var gate = new EndpointGate(new EndpointLimits(4), _time);
        var places = await EnterAllAsync(gate, 4);
        places[0].Tell(Failed(FailureKind.RateLimited));
        places.ForEach(place => place.Dispose());
        Assert.Equal(2, gate.Concurrency);
        var answers = 0;
        var answersAt = new List<int>();

        while (gate.Concurrency < 4)
        {
            var before = gate.Concurrency;
            places = await EnterAllAsync(gate, before);
            foreach (var place in places)
            {
                place.Tell(Answered());
                answers++;
                if (gate.Concurrency > before && answersAt.Count == before - 2)
                    answersAt.Add(answers);
            }

            places.ForEach(place => place.Dispose());
        }

        Assert.Equal(4, gate.Concurrency);
        Assert.InRange(answersAt[0], 4, 6); // two windows of two
        Assert.InRange(answersAt[1] - answersAt[0], 5, 8); // two windows of three
        (await gate.EnterAsync(CancellationToken.None)).Tell(Answered());
        Assert.Equal(4, gate.Concurrency);
    }

    [Fact]
    public async Task Tell_AnswersInAWindowThatIsNotUsedUp_WinNothing()
    {
        var gate = new EndpointGate(new EndpointLimits(8), _time);
        var places = await EnterAllAsync(gate, 8);
        places[0].Tell(Failed(FailureKind.RateLimited));
        places.ForEach(place => place.Dispose());

        for (var call = 0; call < 100; call++)
        {
            using var place = await gate.EnterAsync(CancellationToken.None);
            place.Tell(Answered());
        }

        Assert.Equal(4, gate.Concurrency);
    }

    [Fact]
    public async Task Tell_RetryAfterWithARateLimit_HoldsEveryRunTillThen()
    {
        var gate = new EndpointGate(new EndpointLimits(8), _time);
        var places = await EnterAllAsync(gate, 8);
        places[0].Tell(Failed(FailureKind.RateLimited, TimeSpan.FromSeconds(20)));
        places.ForEach(place => place.Dispose());
        var same = gate.EnterAsync(1, CancellationToken.None);
        var other = gate.EnterAsync(2, CancellationToken.None);
        Assert.Equal(_time.GetUtcNow().AddSeconds(20), gate.HeldUntil);

        _time.Advance(TimeSpan.FromMilliseconds(19_999));
        Assert.False(same.IsCompleted || other.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await same).Dispose();
        (await other).Dispose();
        Assert.Null(gate.HeldUntil);
    }

    [Fact]
    public async Task Limits_Changed_MoveASlowedGateOnlyDown()
    {
        var gate = new EndpointGate(new EndpointLimits(16), _time);
        var places = await EnterAllAsync(gate, 16);
        places[0].Tell(Failed(FailureKind.TimedOut));

        gate.Limits = new EndpointLimits(32);
        Assert.Equal(8, gate.Concurrency);
        gate.Limits = new EndpointLimits(3);
        Assert.Equal(3, gate.Concurrency);
    }

    private static CallOutcome Failed(FailureKind kind, TimeSpan? retryAfter = null) => new(null, new CallFailure(kind, "no", retryAfter), 1);

    private static CallOutcome Answered() => new(new ReceivedAnswer([], "", null, null, null, null), null, 1);

    private static async Task<List<GatePlace>> EnterAllAsync(EndpointGate gate, int count)
    {
        var places = new List<GatePlace>();
        for (var i = 0; i < count; i++)
            places.Add(await gate.EnterAsync(CancellationToken.None));
        return places;
    }
}
