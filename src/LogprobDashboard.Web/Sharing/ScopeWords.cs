using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Sharing;

/// <summary>What a view leaves out, in words.</summary>
internal static class ScopeWords
{
    /// <summary>Null where it leaves out nothing.</summary>
    public static string? Of(CompareView view)
    {
        List<string> parts = [];
        if (view.Scope.Value is { } value)
            parts.Add($"Only samples whose {view.Scope.Column ?? "source"} is {value}.");
        if (view.Scope.MostEntropy is { } most)
            parts.Add($"Abstains above a predictive entropy of {most.ToString("R", CultureInfo.InvariantCulture)} nats: {Figures.Count(view.Runs.Sum(run => run.Abstained), "answer is", "answers are")} not judged.");
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }
}
