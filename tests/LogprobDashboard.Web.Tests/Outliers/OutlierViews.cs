using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Outliers;

/// <summary>Views as the workbench would make them: two runs over 1,000 samples, 50 of each beyond the cut.</summary>
internal static class OutlierViews
{
    public static OutlierRun Plain { get; } = Run("1", "plain", 0.678);

    public static OutlierRun Strict { get; } = Run("2", "strict", 0.647) with { Bins = [800, 150, 40, 10] };

    public static OutlierRun Run(string id, string variant, double? cut) => new(
        id, variant, variant, 1, "llama3:8b", "completed", 1000, 0, 0, 1000, cut, 50, [100, 400, 450, 50], [], [.. Enumerable.Range(0, 201).Select(step => step * 0.69 / 200)], new ErrorShare(20, 50), new ErrorShare(95, 950));

    public static OutliersView View(params OutlierRun[] runs) => new(
        "7",
        new OutliersRequest([.. runs.Select(run => run.RunId)]),
        ["spam", "ham"],
        "spam",
        [],
        [.. runs.Select(run => new RunChoice(run.RunId, run.Name, "completed", true))],
        runs,
        [0, 0.2, 0.4, 0.6, 0.7],
        1000,
        new OutlierCounts(1000, 98, 2, 34, 71),
        98,
        [new ReasonCount("veryShort", 5)],
        98,
        98,
        null,
        null);

    public static OutliersScreen Screen(OutliersView view, OutliersState? state = null) => OutliersScreen.Of(
        new ExperimentSummary("7", "SMS", "1", "SMS", 1000, [new ExperimentLabel("spam"), new ExperimentLabel("ham")], "spam", 152, null, null, null, null, 2, 2, 0), state ?? OutliersState.Default, view, null);

    public static ResultRecord Result(string predicted, double spam, ResultStatus status = ResultStatus.Scored) => new(
        3, "ham", predicted, 1, 0.5, 1.5, 0.5, 1.5, 0.99, 0.01, 0, 0, false, status, null, status == ResultStatus.Scored ? null : "No token of the answer stands for a label.",
        new Dictionary<string, double> { ["spam"] = spam, ["ham"] = 1 - spam }, [new TopToken("Yes", Math.Log(spam), "spam")], "Yes", false, "stop", "m", 12, false);
}
