using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;

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
        averagePrecision, averagePrecision, averagePrecision, RocAuc: 0.97, MacroAveragePrecision: null, Coverage: 0.999,
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

    public static ExperimentSummary Experiment { get; } = new("e1", "SMS spam", "d1", "sms", 1000, [new("ham"), new("spam")], "spam", 152, null, null, null, null, 2, 2, 0);

    public static CompareView View(params ComparedRun[] runs) => new(
        "e1", "SMS spam", "sms", 1000, ["ham", "spam"], "spam", 152, "llama3:8b at localhost", "maxF1",
        [.. runs.Select(run => new RunChoice(run.RunId, run.Name, run.Status, true))], runs);

    /// <summary>A view of three labels, "de" the chosen one; "fr" occurs nowhere.</summary>
    public static CompareView Several(params ComparedRun[] runs) => View(runs) with { Labels = ["de", "en", "fr"], PositiveLabel = "de" };

    /// <summary>A run over the labels of <see cref="Several"/>: 10 of de, 20 of en, 2 of them without a readable answer, none of fr.</summary>
    public static ComparedRun Language(string id, string variant, double macro, double ofTheLabel, double macroF1) => Run(id, variant, ofTheLabel) with
    {
        Scored = 28,
        Unscorable = 2,
        Positives = 10,
        MacroAveragePrecision = macro,
        Confusion = new RunConfusion([[8, 2, 0], [3, 15, 0], [0, 0, 0]], [0, 2, 0], 23.0 / 30),
        AllLabels = new AllLabelsFigures(
            new LabelAverages(macro, 0.8, 0.78, macroF1),
            new LabelAverages(macro + 0.01, 0.83, 0.76, 0.79),
            ["fr"],
            [new("de", 10, 8.0 / 11, 0.8, 16.0 / 21, ofTheLabel, 0.9), new("en", 20, 15.0 / 17, 0.75, 30.0 / 37, (2 * macro) - ofTheLabel, 0.9), new("fr", 0, null, null, null, null, null)]),
    };
}
