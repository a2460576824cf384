using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>How a run's state and what went wrong in it are put into words.</summary>
internal static class RunWords
{
    public static string Status(RunStatus status) => status.ToString();

    public static bool IsUnderWay(RunStatus status) => status is RunStatus.Queued or RunStatus.Running or RunStatus.Paused;

    /// <summary>"plain v2": the variant's present name; what an imported run was called.</summary>
    public static string Name(RunRecord run) => run.VariantName is null ? run.Name : FormattableString.Invariant($"{run.VariantName} v{run.VariantVersion}");

    /// <summary>Where the answers come from.</summary>
    public static string Origin(RunRecord run) => run.EndpointHost is null ? $"{run.Model}, recorded elsewhere" : $"{run.Model} at {run.EndpointHost}";

    /// <summary>What the run was asked to do, where that is not everything.</summary>
    public static string? Choice(RunRecord run)
    {
        var parts = new List<string>();
        if (run.Sources.Count > 0)
            parts.Add($"only {string.Join(", ", run.Sources)}");
        if (run.Limit is { } limit)
            parts.Add($"limited to {Figures.Count(limit)} (seed {run.SampleSeed.ToString(System.Globalization.CultureInfo.InvariantCulture)})");
        if (!run.UseCache && run.VariantId is not null)
            parts.Add("without the cache");
        return parts.Count == 0 ? null : string.Join(" · ", parts);
    }

    /// <summary>"340 of 900, 12.3 requests/s, about 45 s left".</summary>
    public static string Progress(RunRecord run)
    {
        var words = $"{Figures.Count(run.Completed + run.Failed)} of {Figures.Count(run.Total)}";
        if (run.RequestsPerSecond is { } rate)
            words += $" · {Figures.Decimals(rate, rate < 10 ? 1 : 0)} requests/s";
        if (run.RemainingSeconds is { } seconds)
            words += $" · {DurationWords.About(seconds)} left";
        return words;
    }

    /// <summary>Why fewer calls go out than the endpoint is set to take; null where as many do.</summary>
    public static string? Slowed(RunRecord run)
    {
        if (run.HeldUntil is { } until)
            return $"The server asked to be left alone until {DurationWords.Time(until)}.";
        return run is { Concurrency: { } now, MaxConcurrency: { } most } && now < most
            ? $"Slowed to {Figures.Count(now)} of {Figures.Count(most, "call", "calls")} at once after rate limits or time-outs."
            : null;
    }

    /// <summary>What the time of the last change of state is the time of, where nothing else says it.</summary>
    public static string? Since(RunRecord run) => run.StatusSince is null ? null : run.Status switch
    {
        RunStatus.Paused => "paused since",
        RunStatus.Cancelled => "cancelled",
        RunStatus.Failed => "failed",
        _ => null,
    };

    public static string Kind(FailureKind kind) => kind switch
    {
        FailureKind.Unauthorized => "Key not accepted",
        FailureKind.NotFound => "Model or address unknown",
        FailureKind.RateLimited => "Too many requests",
        FailureKind.QuotaExhausted => "Quota used up",
        FailureKind.ContentFiltered => "Refused by a content filter",
        FailureKind.LogprobsUnsupported => "Log probs not supported",
        FailureKind.ContextTooLong => "Prompt too long",
        FailureKind.TimedOut => "Timed out",
        FailureKind.Unreachable => "Unreachable",
        FailureKind.ServerError => "Server error",
        FailureKind.Malformed => "Unreadable answer",
        FailureKind.PromptUnusable => "Prompt cannot be filled in",
        _ => "Refused",
    };
}
