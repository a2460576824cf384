using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RetryDelaysTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    [Fact]
    public void After_FurtherAttempts_DrawsFromABoundThatDoublesUpToAMinute()
    {
        var delays = new RetryDelays(9, First, seed: 1);
        for (var attempts = 1; attempts < 9; attempts++)
        {
            var drawn = Enumerable.Range(0, 2000).Select(_ => delays.After(attempts, Failure()).TotalSeconds).ToList();
            var bound = Math.Min(60, Math.Pow(2, attempts - 1));
            Assert.All(drawn, seconds => Assert.InRange(seconds, 0, bound));
            Assert.InRange(drawn.Average(), 0.45 * bound, 0.55 * bound); // all of the bound, evenly
        }
    }

    [Fact]
    public void After_ARateLimit_WaitsTwiceAsLong()
    {
        var (one, other) = (new RetryDelays(9, First, seed: 3), new RetryDelays(9, First, seed: 3));
        Assert.Equal(2 * one.After(2, Failure()).TotalSeconds, other.After(2, Failure(FailureKind.RateLimited)).TotalSeconds, 1e-6);
    }

    [Fact]
    public void After_ATimeThatTheServerNamed_IsNeverLess()
    {
        var delays = new RetryDelays(9, First, seed: 2);
        var drawn = Enumerable.Range(0, 500).Select(_ => delays.After(1, Failure(FailureKind.RateLimited, TimeSpan.FromSeconds(20)))).ToList();
        Assert.All(drawn, wait => Assert.InRange(wait.TotalSeconds, 20, 21));
        Assert.True(drawn.Distinct().Count() > 400, "Calls that failed together must not come back together.");
        Assert.InRange(delays.After(1, Failure(FailureKind.RateLimited, TimeSpan.FromDays(30))).TotalHours, 1, 1.1);
    }

    [Fact]
    public void After_TheSameSeed_IsTheSame()
    {
        var (one, other) = (new RetryDelays(9, First, seed: 7), new RetryDelays(9, First, seed: 7));
        Assert.Equal(Enumerable.Range(1, 8).Select(attempts => one.After(attempts, Failure())), Enumerable.Range(1, 8).Select(attempts => other.After(attempts, Failure())));
    }

    private static CallFailure Failure(FailureKind kind = FailureKind.ServerError, TimeSpan? retryAfter = null) => new(kind, "no", retryAfter);
}
