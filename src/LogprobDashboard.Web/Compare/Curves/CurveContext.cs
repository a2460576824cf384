using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>What all kinds of curve are drawn from, and what they have in common. <paramref name="Wait"/> says why bands that were asked for are not there yet.</summary>
public sealed record CurveContext(CompareView View, CompareState State, ComparedCurves Curves, string? Wait)
{
    private const string Soft = "var(--soft)";

    public string Positive => View.PositiveLabel;

    public bool HasSeveralLabels => View.Labels.Count > 2;

    /// <summary>A series in a run's look.</summary>
    public static ChartSeries Series(CompareRow row, ChartLine line, IEnumerable<ChartPoint> points) =>
        new(row.Name.Full, row.Color, SeriesPalette.Dash(row.Slot), line, [.. points]) { Id = row.Run.RunId };

    /// <summary>Log odds and probability of a point's threshold, or why it has none.</summary>
    public static IReadOnlyList<string> ThresholdWords(double? threshold, bool isStart) => threshold switch
    {
        { } t => [Figures.Exact(t), Figures.FineProbability(Compare.ThresholdWords.Probability(t))],
        null when isStart => ["none flagged", "\u2013"],
        null => ["all flagged, unscorable too", "\u2013"],
    };

    /// <summary>The full mark of a run's threshold, to be moved along its curve; one that flags none stays.</summary>
    public static ChartMark Chosen(CompareRow row, double x, double y) => new(x, y, row.Color, Full: true)
    {
        Handle = row.Run.Chosen?.Threshold is null ? null : row.Run.RunId,
        HandleName = $"Threshold of {row.Name.Full}",
    };

    /// <summary>Whether moving one run's threshold moves all.</summary>
    public bool LinksHandles => ThresholdLink.IsLinked(State);

    /// <summary>The runs' thresholds as upright lines to be moved: one for all where they have one in common.</summary>
    public IReadOnlyList<ChartUpright> Thresholds(IReadOnlyList<CompareRow> rows)
    {
        if (State.Threshold is { } common && LinksHandles)
            return [new ChartUpright(common, Soft, 0) { Handle = "", HandleName = "Threshold of every run" }];
        return [.. rows.Where(row => row.Run.Chosen?.Threshold is not null).Select(row => new ChartUpright(row.Run.Chosen!.Threshold!.Value, row.Color, SeriesPalette.Dash(row.Slot))
        {
            Handle = row.Run.RunId,
            HandleName = $"Threshold of {row.Name.Full}",
        })];
    }

    /// <summary>The bands of the drawn runs; with thresholds those of one metric.</summary>
    public IReadOnlyList<ChartBand> Bands(IReadOnlyList<CompareRow> rows, ThresholdMetric? metric = null) => Curves.Bands is not { } bands ? [] :
    [
        .. from row in rows
           from band in bands.Runs
           where band.RunId == row.Run.RunId && band.Metric == metric && band.Points.Count > 1
           select new ChartBand(row.Color, [.. band.Points.Select(point => new ChartBandPoint(point.X, point.Low, point.High))]),
    ];

    /// <summary>What the bands are; or why they are not there.</summary>
    public IEnumerable<ChartNote> BandNotes()
    {
        if (!State.Bands)
            yield break;
        if (CompareCharts.WhyNoBands(State.Chart) is { } why)
            yield return new ChartNote(ChartGlyph.PaleArea, $"{why}.");
        else if (Curves.Bands is { } bands)
            yield return new ChartNote(ChartGlyph.PaleArea, FormattableString.Invariant($"pointwise 95 % band, {Figures.Count(bands.Resampling.Resamples)} resamples, seed {bands.Resampling.Seed}"));
        else if (Wait is not null)
            yield return new ChartNote(ChartGlyph.PaleArea, Wait);
    }

    /// <summary>"plain v1 0.929, strict v1 0.745".</summary>
    public static string Listed(IReadOnlyList<CompareRow> rows, Func<CompareRow, double?> figure) =>
        string.Join(", ", rows.Select(row => $"{row.Name.Full} {Figures.Score(figure(row))}"));
}
