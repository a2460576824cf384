using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Web.Compare;

/// <summary>A reliability diagram a run: the model's own probabilities, and the calibrated ones over them.</summary>
internal static class CalibrationCharts
{
    private const string Before = "var(--soft)";
    private const int BeforeDash = 4;

    /// <summary>All of it, for the title, the notes and the table; and each run's own. Empty where no run has a scored sample.</summary>
    public static (ChartDefinition Whole, IReadOnlyList<SmallMultiple> Multiples) Of(ComparedCalibration calibration, IReadOnlyList<CompareRow> rows, Calibrator shown, string positive, bool equalWidth)
    {
        var drawn = rows.Select(row => (Row: row, Run: calibration.Runs.FirstOrDefault(run => run.RunId == row.Run.RunId))).Where(pair => pair.Run is { Figures.Count: > 0 }).ToList();
        var largest = drawn.SelectMany(pair => pair.Run!.Figures).SelectMany(figures => figures.Bins).Select(bin => bin.Count).DefaultIfEmpty(1).Max();
        var whole = Chart([.. drawn.SelectMany(pair => Series(pair.Row, pair.Run!, shown, largest, named: true))], shown, calibration.IsTopLabel, positive, equalWidth);
        return (whole, [.. drawn.Select(pair => new SmallMultiple(
            pair.Row.Name.Full,
            CalibrationWords.Errors(pair.Run!, shown),
            Chart([.. Series(pair.Row, pair.Run!, shown, largest, named: false)], shown, calibration.IsTopLabel, positive, equalWidth) with { Title = $"{whole.Title}, {pair.Row.Name.Full}" })
        {
            Swatches = [CompareCharts.Entry(pair.Row, isOff: false)],
        })]);
    }

    private static ChartDefinition Chart(IReadOnlyList<ChartSeries> series, Calibrator shown, bool isTopLabel, string positive, bool equalWidth) => new(
        "Reliability, before and after",
        $"Mean probability against the share that came true, in 15 bins of equal {(equalWidth ? "width" : "mass")}: the model's own probabilities{(shown == Calibrator.None ? "" : $" and those after {CalibrationWords.Name(shown)}")}. The table holds every bin.",
        new ChartAxis(isTopLabel ? "Mean probability of the predicted label" : $"Mean probability of {positive}", 0, 1, 5, 1),
        new ChartAxis(isTopLabel ? "Share of right predictions" : $"Observed share of {positive}", 0, 1, 5, 1),
        ReliabilitySeries.Columns,
        series,
        [new ChartGuide("", (0.72, 0.56), [(0, 0), (1, 1)])],
        [],
        [],
        [
            new ChartNote(ChartGlyph.PaleDashes, "perfectly calibrated"),
            new ChartNote(ChartGlyph.FullCircle, "bin, its area the number of samples; grey: the model's own, in the run's colour: calibrated"),
        ]);

    private static IEnumerable<ChartSeries> Series(CompareRow row, RunCalibration run, Calibrator shown, int largest, bool named)
    {
        var own = run.Of(Calibrator.None)!;
        yield return new ChartSeries(Name("as it is"), Before, BeforeDash, ChartLine.Straight, Points(own.Bins));
        if (shown != Calibrator.None && run.Of(shown) is { } after)
            yield return new ChartSeries(Name($"after {CalibrationWords.Name(shown)}"), row.Color, 0, ChartLine.Straight, Points(after.Bins));

        string Name(string what) => named ? $"{row.Name.Full}, {what}" : what;

        IReadOnlyList<ChartPoint> Points(IReadOnlyList<CalibrationBin> bins) => [.. bins.Select(bin => ReliabilitySeries.Point(bin, largest))];
    }
}
