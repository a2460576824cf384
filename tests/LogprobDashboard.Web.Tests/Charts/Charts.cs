using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Tests.Charts;

internal static class Charts
{
    public static ChartDefinition TwoPoints { get; } = new(
        "Precision and recall",
        "One run.",
        new ChartAxis("Recall", 0, 1, 5, 1),
        new ChartAxis("Precision", 0, 1, 5, 1),
        ["Log odds"],
        [new ChartSeries("plain", "var(--run-1)", 0, ChartLine.StepBefore, [new(0.5, 0.25, ["2.5"]), new(1, 0.125, ["1"])])],
        [new ChartGuide("guide", (0.5, 0.5), [(0, 0), (1, 1)])],
        [new ChartMark(0.5, 0.25, "var(--run-1)", Full: false), new ChartMark(1, 0.125, "var(--run-1)", Full: true)],
        [new ChartReference(0.125, "var(--soft)")],
        [new ChartNote(ChartGlyph.HollowCircle, "argmax")]);
}
