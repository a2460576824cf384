using LogprobDashboard.Web.Charts;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>The charts of a compare page: all runs over each other, and divided into small ones. <paramref name="IsDivided"/> says which of them is shown, <paramref name="FullRange"/> what there is to zoom into.</summary>
public sealed record ComparePicture(ChartDefinition Whole, IReadOnlyList<SmallMultiple> Multiples, bool IsDivided, ChartRange FullRange)
{
    /// <summary>Whether there is a choice between over each other and small multiples.</summary>
    public bool HasLayouts { get; init; }

    /// <summary>Whether any run has a curve, drawn or not.</summary>
    public bool HasCurves => Whole.Series.Count > 0 || Whole.Legend.Any(entry => entry.IsOff);

    /// <summary>This picture, or the one before where it looks the same: what is not new is not drawn again.</summary>
    public ComparePicture Or(ComparePicture? before) =>
        before is not null && (IsDivided, HasLayouts, FullRange) == (before.IsDivided, before.HasLayouts, before.FullRange) && Whole.LooksLike(before.Whole)
        && Multiples.Count == before.Multiples.Count && Multiples.Zip(before.Multiples).All(pair => pair.First.LooksLike(pair.Second))
            ? before
            : this;
}

/// <summary>From a view's numbers to the charts that its state asks for.</summary>
public static class CompareCharts
{
    /// <param name="view">The view.</param>
    /// <param name="rows">Its runs' looks.</param>
    /// <param name="state">Which kind, and how.</param>
    /// <param name="curves">What that kind needs besides the view (<see cref="RequestOf"/>).</param>
    /// <param name="wait">Why bands that were asked for are not there yet.</param>
    public static ComparePicture Of(CompareView view, IReadOnlyList<CompareRow> rows, CompareState state, ComparedCurves curves, string? wait = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(curves);
        var kind = KindOf(new CurveContext(view, state, curves, wait), rows);
        List<CompareRow> drawable = [.. rows.Where(kind.Has)];
        List<CompareRow> shown = [.. drawable.Where(row => !state.Hidden.Contains(row.Run.RunId))];
        var whole = kind.Draw(shown);
        var range = ChartZoom.Whole(whole);
        var zoom = state.Zoom is { } zoomed ? new ChartRange(zoomed.XMin, zoomed.XMax, zoomed.YMin, zoomed.YMax) : null;
        whole = whole with { Legend = drawable.Count > 1 ? [.. drawable.Select(row => Entry(row, !shown.Contains(row))), .. kind.Legend] : [] };
        var multiples = kind.Divide(shown, state.Layout);
        return new ComparePicture(
            whole.Zoomed(zoom),
            [.. multiples.Select(multiple => multiple with { Chart = multiple.Chart.Zoomed(zoom) })],
            multiples.Count > 1 && (!kind.Overlays || state.Layout == CompareLayout.Multiples),
            range)
        {
            HasLayouts = drawable.Count > 1 && kind.HasLayouts,
        };
    }

    /// <summary>What a state's kind of curve needs besides the view; null where the view has it all.</summary>
    public static CurvesRequest? RequestOf(CompareState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var curve = CurveOf(state.Chart);
        return curve == ComparedCurve.PrecisionRecall && state.Zoom is null
            ? null
            : new CurvesRequest(curve, ChoiceOf(state), Span: state.Zoom is { } zoom ? SpanOf(zoom) : null);
    }

    private static CurveChoice ChoiceOf(CompareState state) =>
        new(state is { Chart: CompareChart.Reliability, EqualWidth: true }, state is { Chart: CompareChart.RiskCoverage, ByMargin: true });

    /// <summary>What is shown of a zoom has round ends.</summary>
    private static CurveSpan SpanOf(CompareZoom zoom)
    {
        var axis = ChartScale.Around("", zoom.XMin, zoom.XMax);
        return new CurveSpan(axis.Min, axis.Max);
    }

    /// <summary>What bands are asked for; null where none are, or the kind has none.</summary>
    public static CurvesRequest? BandsOf(CompareState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Bands && WhyNoBands(state.Chart) is null ? new CurvesRequest(CurveOf(state.Chart), ChoiceOf(state)) : null;
    }

    /// <summary>Null where a kind has bands.</summary>
    public static string? WhyNoBands(CompareChart chart) => chart == CompareChart.Scores ? "A distribution of counted samples has no band" : null;

    public static ComparedCurve CurveOf(CompareChart chart) => chart switch
    {
        CompareChart.Roc => ComparedCurve.Roc,
        CompareChart.Reliability => ComparedCurve.Reliability,
        CompareChart.RiskCoverage => ComparedCurve.RiskCoverage,
        CompareChart.Scores => ComparedCurve.Scores,
        CompareChart.Thresholds => ComparedCurve.Thresholds,
        _ => ComparedCurve.PrecisionRecall,
    };

    /// <summary>The run and the threshold of a point of a chart; null where the point has none.</summary>
    public static ThresholdDrag? PickedAt(ChartDefinition chart, ChartHit hit)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(hit);
        return hit.Series >= 0 && hit.Series < chart.Series.Count && chart.Series[hit.Series] is { Id: { } id } series && hit.Point >= 0 && hit.Point < series.Points.Count && series.Points[hit.Point].Key is { } threshold
            ? new ThresholdDrag(id, threshold, Ended: true)
            : null;
    }

    public static ChartLegendEntry Entry(CompareRow row, bool isOff)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ChartLegendEntry(row.Run.RunId, row.Name.Full, row.Color, SeriesPalette.Dash(row.Slot), isOff);
    }

    private static RunCurves KindOf(CurveContext context, IReadOnlyList<CompareRow> rows) => context.State.Chart switch
    {
        CompareChart.Roc => new RocSeries(context),
        CompareChart.Reliability => new ReliabilitySeries(context),
        CompareChart.RiskCoverage => new RiskCoverageSeries(context),
        CompareChart.Scores => new ScoresSeries(context),
        CompareChart.Thresholds => new ThresholdsSeries(context, rows),
        _ => new PrecisionRecallSeries(context),
    };
}
