using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>What was outside of a run's top tokens, in words.</summary>
public static class CensoringWords
{
    private const int NamedLabels = 5;

    public static string Of(RunCensoring censoring, ComparedRun run)
    {
        var named = censoring.Labels.Take(NamedLabels).Select(label => $"{label.Label} in {Figures.Count(label.Count)}");
        var more = censoring.Labels.Count > NamedLabels ? $" and {Figures.Count(censoring.Labels.Count - NamedLabels, "further label", "further labels")}" : "";
        var range = run is { AveragePrecisionBoundLow: { } low, AveragePrecisionBoundHigh: { } high } ? $" Average precision may lie anywhere from {Figures.Score(low)} to {Figures.Score(high)}." : "";
        return $"{Figures.Count(censoring.Samples)} of {Figures.Count(censoring.Scored, "scored sample", "scored samples")}: {string.Join(", ", named)}{more}. There {Figures.Percent(censoring.MeanUnseenMass)} of the probability is unseen on average.{range}";
    }
}
