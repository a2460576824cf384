using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LogprobDashboard.Workbench;

/// <summary>Where metrics and traces come from. Nothing is measured while nobody listens; no text of a sample, no message of a server and no key is among what is told.</summary>
public static class WorkbenchTelemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "LogprobDashboard.Workbench";

    internal static readonly ActivitySource Activities = new(Name);

    internal static readonly Meter Meter = new(Name);
}
