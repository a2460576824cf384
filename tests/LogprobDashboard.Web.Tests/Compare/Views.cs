using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

/// <summary>Views to test with: the recorded SMS runs' figures, and what can be made of them.</summary>
internal static class Views
{
    public static ComparedRun Plain { get; } = Run("1", "plain", 0.9289558836877875) with
    {
        Argmax = Point(0, 149, 293, 555, 3),
        Chosen = Point(7.076272693541785, 132, 20, 828, 20),
    };

    public static ComparedRun Strict { get; } = Run("2", "strict", 0.745) with
    {
        Argmax = Point(0, 137, 80, 768, 15),
        Chosen = Point(1.8, 127, 49, 799, 25),
    };

    public static ComparedRun Run(string id, string variant, double? averagePrecision) => new(
        id, $"{variant} on llama3", variant, 1, "llama3:8b", "completed", Scored: 1000, Unscorable: 0, Failed: 0, Censored: 0, Positives: 152, LeftOut: 0,
        averagePrecision, null, null, averagePrecision, averagePrecision, RocAuc: 0.97, MacroAveragePrecision: null, Coverage: 0.999,
        Argmax: null, Chosen: null, RuleProblem: null, Curve: [new(null, 1, 0), new(9.5, 0.9, 0.5), new(0.25, 0.4, 1), new(-3, 0.152, 1)]);

    public static PointFigures Point(double? threshold, int caught, int flagged, int passed, int missed, int unscorable = 0) => new(
        threshold,
        threshold is { } t ? 1 / (1 + Math.Exp(-t)) : null,
        caught,
        flagged,
        passed,
        missed,
        unscorable,
        (double)caught / (caught + flagged),
        (double)caught / (caught + missed),
        2.0 * caught / ((2 * caught) + flagged + missed),
        (double)(caught + passed) / (caught + flagged + passed + missed + unscorable));

    public static CompareView View(params ComparedRun[] runs) => new(
        "e1", "SMS spam", "sms", 1000, ["ham", "spam"], "spam", 152, "llama3:8b at localhost", "maxF1",
        [.. runs.Select(run => new RunChoice(run.RunId, run.Name, run.Status, true))], runs);
}
