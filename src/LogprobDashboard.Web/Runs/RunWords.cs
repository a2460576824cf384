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
            words += $" · about {DurationWords.Of(seconds)} left";
        return words;
    }

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
