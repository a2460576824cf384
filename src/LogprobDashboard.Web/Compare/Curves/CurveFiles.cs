using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>Every point of a kind of curve as a file, a row a point; runs in the view's order.</summary>
internal static class CurveFiles
{
    private static readonly string[] Run = ["runId", "run", "positive"];

    public static CsvFile Of(CompareView view, ComparedCurve curve, CurveChoice choice, ComparedCurves curves) => curve switch
    {
        ComparedCurve.Roc => File(view, "roc", ["threshold", "probability", "falsePositiveRate", "truePositiveRate"], curves.Roc, run => run.RunId, run => run.Points.Select(point =>
            (string[])[.. Threshold(point.Threshold), CsvFile.Number(point.FalsePositiveRate), CsvFile.Number(point.TruePositiveRate)])),
        ComparedCurve.Reliability => File(view, "reliability", ["lowestProbability", "highestProbability", "meanProbability", "observedShare", "samples"], curves.Reliability, run => run.RunId, run => run.Bins.Select(bin =>
            (string[])[CsvFile.Number(bin.LowestProbability), CsvFile.Number(bin.HighestProbability), CsvFile.Number(bin.MeanProbability), CsvFile.Number(bin.ObservedRate), CsvFile.Number(bin.Count)])),
        ComparedCurve.RiskCoverage => File(view, "risk-coverage", [choice.ByMargin ? "logMargin" : "entropy", "coverage", "risk"], curves.RiskCoverage, run => run.RunId, run => run.Points.Select(point =>
            (string[])[CsvFile.Number(choice.ByMargin ? point.Certainty : -point.Certainty), CsvFile.Number(point.Coverage), CsvFile.Number(point.Risk)])),
        ComparedCurve.Scores => File(view, "scores", ["from", "to", "positives", "others"], curves.Scores?.Runs, run => run.RunId, run => run.Positives.Select((positives, bin) =>
            (string[])[CsvFile.Number(curves.Scores!.Edges[bin]), CsvFile.Number(curves.Scores.Edges[bin + 1]), CsvFile.Number(positives), CsvFile.Number(run.Others[bin])])),
        ComparedCurve.Thresholds => File(view, "thresholds", ["threshold", "probability", "precision", "recall", "f1"], curves.Thresholds, run => run.RunId, run => run.Points.Select(point =>
            (string[])[.. Threshold(point.Threshold), CsvFile.Number(point.Precision), CsvFile.Number(point.Recall), CsvFile.Number(point.F1)])),
        _ => CompareExport.Curves(view),
    };

    private static CsvFile File<TRun>(CompareView view, string what, string[] columns, IReadOnlyList<TRun>? runs, Func<TRun, string> idOf, Func<TRun, IEnumerable<string[]>> rowsOf)
    {
        var names = CompareSeries.Rows(view).ToDictionary(row => row.Run.RunId, row => row.Name.Full);
        return new CsvFile(CompareExport.Name(view, what), [.. Run, .. columns], (runs ?? []).SelectMany(run =>
            rowsOf(run).Select(row => (IReadOnlyList<string>)[idOf(run), CsvFile.Words(names[idOf(run)]), CsvFile.Words(view.PositiveLabel), .. row])));
    }

    private static string[] Threshold(double? threshold) => [CsvFile.Number(threshold), CsvFile.Number(threshold is { } t ? ThresholdWords.Probability(t) : null)];
}
