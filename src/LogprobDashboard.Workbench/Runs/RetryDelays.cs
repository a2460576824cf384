using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// How long to wait before a call is made again: a random part of a bound that doubles from attempt to attempt (full jitter, so that calls that
/// failed together do not come back together), and never less than the server asked for.
/// </summary>
internal sealed class RetryDelays(int mostAttempts, TimeSpan first, int seed)
{
    private const int RateLimitFactor = 2; // a rate limit counts by the minute
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>The first call included.</summary>
    public int MostAttempts { get; } = mostAttempts;

    public static RetryDelays Of(WorkbenchOptions options, int seed) => new(options.CallAttempts, TimeSpan.FromSeconds(options.FirstRetrySeconds), seed);

    /// <param name="attempts">How many calls were made, 1 or more.</param>
    /// <param name="failure">What came of the last one.</param>
    public TimeSpan After(int attempts, CallFailure failure)
    {
        var bound = first * Math.Pow(2, attempts - 1) * (failure.Kind == FailureKind.RateLimited ? RateLimitFactor : 1);
        double part;
        lock (_lock)
            part = _random.NextDouble();
        var wait = (bound < Longest ? bound : Longest) * part;
        if (failure.RetryAfter is not { } asked)
            return wait;
        return (asked < LongestAsked ? asked : LongestAsked) + (wait < first ? wait : first * part);
    }
}
