using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>Precision, recall and F1 against the threshold: of several runs one small chart a metric or a run, of one run all in one, each metric with its own dash.</summary>
public sealed class ThresholdsSeries : RunCurves
{
    private static readonly (ThresholdMetric Metric, string Name, int Dash)[] Metrics = [(ThresholdMetric.Precision, "Precision", 0), (ThresholdMetric.Recall, "Recall", 6), (ThresholdMetric.F1, "F1", 2)];

    private readonly CurveContext _context;
    private readonly Dictionary<string, RunThresholds> _runs;
    private readonly ChartAxis _axis;
    private readonly bool _isAlone;

    public ThresholdsSeries(CurveContext context, IReadOnlyList<CompareRow> rows)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _runs = (context.Curves.Thresholds ?? []).ToDictionary(run => run.RunId);
        _axis = AxisOf(rows);
        _isAlone = rows.Count(Has) == 1;
    }

    /// <summary>One run's metrics; several runs' are the metric panels'.</summary>
    public override bool Overlays => _isAlone;

    public override bool HasLayouts => true;

    public override IReadOnlyList<ChartLegendEntry> Legend => _context.State.Layout == CompareLayout.Multiples ? [.. Metrics.Select(metric => new ChartLegendEntry("", metric.Name, "var(--soft)", metric.Dash, false))] : [];

    public override bool Has(CompareRow row) => _runs.TryGetValue(row.Run.RunId, out var run) && (run.Points.Count > 0 || run.Lowest < run.Highest);

    public override string Figure(CompareRow row) => row.Run.Chosen is { F1: { } f1, Threshold: { } threshold } ? $"F1 {Figures.Score(f1)} at log odds {Figures.LogOdds(threshold)}" : "";

    /// <summary>Of several runs it is the table that is read: a row a threshold, with all of its figures.</summary>
    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows) => rows.Count != 1
        ? Chart(rows, Title, "Precision, recall and F1", ["Log odds", "Probability", "Precision", "Recall", "F1"], [.. rows.Select(row => Line(row, ThresholdMetric.F1, row.Name.Full, SeriesPalette.Dash(row.Slot), AllFigures))])
        : Chart(rows, Title, "Precision, recall and F1", ["Log odds", "Probability", "Value"], [.. Metrics.Select(metric => Line(rows[0], metric.Metric, metric.Name, metric.Dash, figures => [Figures.Decimals(Of(figures, metric.Metric), 4)]))]) with
        {
            Bands = [.. Metrics.SelectMany(metric => _context.Bands(rows, metric.Metric))],
        };

    public override IReadOnlyList<SmallMultiple> Divide(IReadOnlyList<CompareRow> rows, CompareLayout layout)
    {
        if (_isAlone || layout == CompareLayout.Multiples)
            return base.Divide(rows, layout);
        return rows.Count == 0 ? [] : [.. Metrics.Select(metric => new SmallMultiple(metric.Name, "", Panel(rows, metric.Metric, metric.Name)) { Swatches = [] })];
    }

    private string Title => _context.HasSeveralLabels ? $"Thresholds of {_context.Positive}" : "Thresholds";

    private ChartDefinition Panel(IReadOnlyList<CompareRow> rows, ThresholdMetric metric, string name) =>
        Chart(rows, $"{Title}, {name}", name, ["Log odds", "Probability", name], [.. rows.Select(row => Line(row, metric, row.Name.Full, SeriesPalette.Dash(row.Slot), figures => [Figures.Decimals(Of(figures, metric), 4)]))]) with
        {
            Bands = _context.Bands(rows, metric),
        };

    private ChartDefinition Chart(IReadOnlyList<CompareRow> rows, string title, string subject, IReadOnlyList<string> columns, IReadOnlyList<ChartSeries> series) => new(
        title,
        $"{subject} of the label {_context.Positive} against the threshold in log odds. The table holds every point.",
        _axis,
        new ChartAxis(subject.Contains(',', StringComparison.Ordinal) ? "Precision, recall, F1" : subject, 0, 1, 5, 1),
        columns,
        series,
        [],
        [],
        [],
        [new ChartNote(ChartGlyph.UprightLine, "chosen threshold"), .. _context.BandNotes()])
    {
        Uprights = _context.Thresholds(rows),
        LinksHandles = _context.LinksHandles,
    };

    /// <summary>A threshold's figures hold from the score below it up to it. Where nothing is defined there is no point.</summary>
    private ChartSeries Line(CompareRow row, ThresholdMetric metric, string name, int dash, Func<ThresholdFigures, IReadOnlyList<string>> values) =>
        new(name, row.Color, dash, ChartLine.StepBefore,
        [
            .. _runs[row.Run.RunId].Points.Where(point => Of(point, metric) is not null).Select(point =>
                new ChartPoint(point.Threshold, Of(point, metric)!.Value, [.. CurveContext.ThresholdWords(point.Threshold, isStart: false), .. values(point)]) { Key = point.Threshold }),
        ])
        {
            Id = row.Run.RunId,
        };

    private static IReadOnlyList<string> AllFigures(ThresholdFigures figures) => [Figures.Decimals(figures.Precision, 4), Figures.Decimals(figures.Recall, 4), Figures.Decimals(figures.F1, 4)];

    private static double? Of(ThresholdFigures figures, ThresholdMetric metric) => metric switch
    {
        ThresholdMetric.Precision => figures.Precision,
        ThresholdMetric.Recall => figures.Recall,
        _ => figures.F1,
    };

    /// <summary>Over the thresholds of all runs: what is off or has no share in a zoom does not move the axis.</summary>
    private ChartAxis AxisOf(IReadOnlyList<CompareRow> rows)
    {
        List<double> ends = [.. rows.Where(Has).SelectMany(row => Ends(row.Run.RunId))];
        return ends.Count == 0 ? new ChartAxis("Threshold, log odds", -1, 1, 4, 1) : ChartScale.Around("Threshold, log odds", ends.Min() - 0.25, ends.Max() + 0.25, ChartScale.ManyTicks);
    }

    private IEnumerable<double> Ends(string runId) => [_runs[runId].Lowest, _runs[runId].Highest];
}
