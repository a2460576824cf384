namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What to do about a failed call.</summary>
internal enum FailurePolicy
{
    /// <summary>It may pass: ask again, later, a bounded number of times.</summary>
    Retry,

    /// <summary>Asking again would end the same way, but other samples may do better.</summary>
    FailSample,

    /// <summary>No sample of the run would do better until a person has changed something.</summary>
    StopRun,
}

internal static class FailurePolicies
{
    public static FailurePolicy Of(FailureKind kind) => kind switch
    {
        FailureKind.RateLimited or FailureKind.TimedOut or FailureKind.Unreachable or FailureKind.ServerError or FailureKind.Malformed => FailurePolicy.Retry,
        FailureKind.Unauthorized or FailureKind.NotFound or FailureKind.QuotaExhausted or FailureKind.LogprobsUnsupported => FailurePolicy.StopRun,
        _ => FailurePolicy.FailSample,
    };
}
