using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What is told of runs: results as they are stored, answers that cost no call, calls that were made again, and each stretch of work on a run as a span.</summary>
internal static class RunTelemetry
{
    private const string Status = "logprob_dashboard.result.status";

    private static readonly Counter<long> Results = WorkbenchTelemetry.Meter.CreateCounter<long>("logprob_dashboard.results.stored", "{result}", "Results of samples that were stored, by their status.");

    private static readonly Counter<long> CacheHits = WorkbenchTelemetry.Meter.CreateCounter<long>("logprob_dashboard.cache.hits", "{answer}", "Samples that were answered without a call of their own.");

    private static readonly Counter<long> Retries = WorkbenchTelemetry.Meter.CreateCounter<long>("logprob_dashboard.call.retries", "{call}", "Calls that were made again after one that failed in passing.");

    /// <summary>After the commit.</summary>
    public static void Stored(RunCounts counts)
    {
        Add("scored", counts.Scored);
        Add("unscorable", counts.Unscorable);
        Add("failed", counts.Failed);
        if (counts.Cached > 0)
            CacheHits.Add(counts.Cached);

        static void Add(string status, int results)
        {
            if (results > 0)
                Results.Add(results, new KeyValuePair<string, object?>(Status, status));
        }
    }

    public static void Retried() => Retries.Add(1);

    /// <summary>A span for the work on a run from here until it is disposed. The calls made meanwhile are traces of their own: a trace of 100,000 spans is of no use to anybody.</summary>
    public static Activity? Start(long runId)
    {
        var activity = WorkbenchTelemetry.Activities.StartActivity("run", ActivityKind.Internal);
        activity?.SetTag("logprob_dashboard.run.id", Ids.Format(runId));
        Activity.Current = null;
        return activity;
    }
}
