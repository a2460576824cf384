using System.Text;
using System.Text.Json;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A comparison as files: the page's numbers, in full.</summary>
internal static class CompareExport
{
    private static readonly string[] CurveColumns = ["runId", "run", "positive", "threshold", "probability", "precision", "recall"];

    private static readonly string[] FigureColumns =
    [
        "runId", "run", "model", "status", "positive", "samples", "scored", "unscorable", "failed", "leftOut", "censored", "positives",
        "macroAveragePrecision", "weightedAveragePrecision", "macroF1", "accuracy", "averagePrecision", "averagePrecisionLowest", "averagePrecisionHighest", "rocAuc", "ece", "coverage",
        "rule", "threshold", "probability", "truePositives", "falsePositives", "trueNegatives", "falseNegatives", "precision", "recall", "f1",
        "argmaxTruePositives", "argmaxFalsePositives", "argmaxTrueNegatives", "argmaxFalseNegatives", "argmaxPrecision", "argmaxRecall", "argmaxF1",
        "judging", "judgedSamples", "sliceColumn", "slice", "abstainAbove", "abstained",
    ];

    private static readonly string[] LabelColumns = ["runId", "run", "label", "samples", "averagePrecision", "rocAuc", "precision", "recall", "f1"];

    /// <summary>A row a point, by ascending recall. No threshold: the end where nothing is flagged, and the one where unscorable samples are, too.</summary>
    public static CsvFile Curves(CompareView view) => new(Name(view, "curves"), CurveColumns, CompareSeries.Rows(view).SelectMany(row => row.Run.Curve.Select(point => (IReadOnlyList<string>)
    [
        row.Run.RunId,
        CsvFile.Words(row.Name.Full),
        CsvFile.Words(view.PositiveLabel),
        CsvFile.Number(point.Threshold),
        CsvFile.Number(point.Threshold is { } threshold ? ThresholdWords.Probability(threshold) : null),
        CsvFile.Number(point.Precision),
        CsvFile.Number(point.Recall),
    ])));

    /// <summary>A row a run.</summary>
    public static CsvFile Figures(CompareView view) => new(Name(view, "figures"), FigureColumns, CompareSeries.Rows(view).Select(row => Figures(view, row)));

    /// <summary>The means first, then a row a run and label.</summary>
    public static CsvFile Labels(CompareView view) => new(Name(view, "labels"), LabelColumns, CompareSeries.Rows(view).SelectMany(row => row.Run.AllLabels is { } figures ? Labels(row, figures) : []));

    private static IReadOnlyList<string> Figures(CompareView view, CompareRow row)
    {
        var run = row.Run;
        return
        [
            run.RunId, CsvFile.Words(row.Name.Full), CsvFile.Words(run.Model), run.Status, CsvFile.Words(view.PositiveLabel),
            CsvFile.Words(run.SampleSelection ?? "all"), CsvFile.Number(run.Scored), CsvFile.Number(run.Unscorable), CsvFile.Number(run.Failed), CsvFile.Number(run.LeftOut), CsvFile.Number(run.Censored), CsvFile.Number(run.Positives),
            CsvFile.Number(run.MacroAveragePrecision), CsvFile.Number(run.AllLabels?.Weighted.AveragePrecision), CsvFile.Number(run.AllLabels?.Macro.F1), CsvFile.Number(run.Confusion?.Accuracy),
            CsvFile.Number(run.AveragePrecision), CsvFile.Number(run.AveragePrecisionBoundLow), CsvFile.Number(run.AveragePrecisionBoundHigh), CsvFile.Number(run.RocAuc), CsvFile.Number(run.CalibrationError), CsvFile.Number(run.Coverage),
            view.Rule ?? "", CsvFile.Number(run.Chosen?.Threshold), CsvFile.Number(run.Chosen?.Probability), .. Point(run.Judged), .. Point(run.Argmax),
            run.Validated is null ? "same" : JsonNamingPolicy.CamelCase.ConvertName(view.Judging.ToString()), CsvFile.Number(run.Validated?.Samples ?? run.Scored + run.Unscorable),
            CsvFile.Words(view.Scope.Value is null ? "" : view.Scope.Column ?? "source"), CsvFile.Words(view.Scope.Value ?? ""), CsvFile.Number(view.Scope.MostEntropy), CsvFile.Number(run.Abstained),
        ];
    }

    private static string[] Point(PointFigures? point) => point is null ? ["", "", "", "", "", "", ""] :
    [
        CsvFile.Number(point.TruePositives), CsvFile.Number(point.FalsePositives), CsvFile.Number(point.TrueNegatives), CsvFile.Number(point.FalseNegatives),
        CsvFile.Number(point.Precision), CsvFile.Number(point.Recall), CsvFile.Number(point.F1),
    ];

    private static IEnumerable<IReadOnlyList<string>> Labels(CompareRow row, AllLabelsFigures figures)
    {
        yield return Mean("(macro mean)", figures.Macro);
        if (figures.Micro is { } micro)
            yield return Mean("(micro mean)", micro);
        yield return Mean("(mean by support)", figures.Weighted);
        foreach (var label in figures.PerLabel)
        {
            yield return
            [
                row.Run.RunId, CsvFile.Words(row.Name.Full), CsvFile.Words(label.Label), CsvFile.Number(label.Support),
                CsvFile.Number(label.AveragePrecision), CsvFile.Number(label.RocAuc), CsvFile.Number(label.Precision), CsvFile.Number(label.Recall), CsvFile.Number(label.F1),
            ];
        }

        IReadOnlyList<string> Mean(string name, LabelAverages mean) =>
            [row.Run.RunId, CsvFile.Words(row.Name.Full), name, "", CsvFile.Number(mean.AveragePrecision), "", CsvFile.Number(mean.Precision), CsvFile.Number(mean.Recall), CsvFile.Number(mean.F1)];
    }

    /// <summary>The experiment's name in plain letters, so that it fits any file system and any header.</summary>
    public static string Name(CompareView view, string what)
    {
        var name = new StringBuilder();
        foreach (var letter in view.ExperimentName.ToLowerInvariant().Take(60))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                name.Append(letter);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var plain = name.ToString().TrimEnd('-');
        return $"{(plain.Length == 0 ? "experiment-" + view.ExperimentId : plain)}-{what}.csv";
    }
}
