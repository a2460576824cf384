using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A run with the name and the look that it has all over the page.</summary>
public sealed record CompareRow(ComparedRun Run, RunName Name, int Slot, bool IsBest, IReadOnlyList<string> Notes)
{
    public string Color => SeriesPalette.Color(Slot);
}

/// <summary>From a view's numbers to what the chart draws and the table lists.</summary>
public static class CompareSeries
{
    private static readonly string[] Columns = ["Log odds", "Probability", "Precision", "Recall"];
    private static readonly double[] GuideLevels = [0.2, 0.4, 0.6, 0.8];
    private const int GuidePoints = 60;

    public static IReadOnlyList<CompareRow> Rows(CompareView view)
    {
        var runs = view.Runs.Take(SeriesPalette.Count).ToList();
        var slots = SeriesPalette.Assign([.. view.Choices.Select(choice => choice.RunId)], [.. runs.Select(run => run.RunId)]);
        var best = runs.Count > 1 ? runs.Max(run => run.AveragePrecision) : null;
        var names = RunNames.Of(runs);
        return [.. runs.Select((run, index) => new CompareRow(run, names[index], slots[run.RunId], best is not null && run.AveragePrecision == best, Notes(run)))];
    }

    public static ChartDefinition Chart(CompareView view, IReadOnlyList<CompareRow> rows)
    {
        var drawn = Drawn(rows);
        var share = SharesOfPositives(drawn);
        return new ChartDefinition(
            view.Labels.Count > 2 ? $"Precision and recall of {view.PositiveLabel}" : "Precision and recall",
            Description(view, rows),
            new ChartAxis("Recall", 0, 1, 5, 1),
            new ChartAxis("Precision", 0, 1, 5, 1),
            Columns,
            [.. drawn.Select(Series)],
            [.. GuideLevels.Select(Guide)],
            [.. drawn.SelectMany(Marks)],
            [.. share.Select(Share)],
            Notes(view, share));
    }

    /// <summary>The chart's runs one by one, on the same axes and in the same order.</summary>
    public static IReadOnlyList<SmallMultiple> Multiples(CompareView view, IReadOnlyList<CompareRow> rows, ChartDefinition chart) =>
        [.. Drawn(rows).Select((row, place) => new SmallMultiple(row.Name.Full, $"AP {Figures.Score(row.Run.AveragePrecision)}", chart with
        {
            Title = $"{chart.Title}, {row.Name.Full}",
            Description = Description(view, [row]),
            Series = [chart.Series[place]],
            Guides = [.. chart.Guides.Select(guide => guide with { Label = "" })],
            Marks = [.. Marks(row)],
            References = [.. SharesOfPositives([row]).Select(Share)],
            Notes = Notes(view, SharesOfPositives([row])),
        }))];

    /// <summary>The threshold of a point of the chart, in log odds; null where it has none.</summary>
    public static double? ThresholdAt(IReadOnlyList<CompareRow> rows, ChartHit hit)
    {
        var drawn = Drawn(rows);
        return hit.Series >= 0 && hit.Series < drawn.Count && drawn[hit.Series].Run.Curve is var curve && hit.Point >= 0 && hit.Point < curve.Count ? curve[hit.Point].Threshold : null;
    }

    /// <summary>Whether the charts of two views are the same to the eye and to the pointer.</summary>
    public static bool LookAlike(CompareView view, IReadOnlyList<CompareRow> rows, CompareView other, IReadOnlyList<CompareRow> others) =>
        view.PositiveLabel == other.PositiveLabel && rows.Count == others.Count && rows.Zip(others).All(pair => LookAlike(pair.First, pair.Second));

    private static bool LookAlike(CompareRow row, CompareRow other) =>
        (row.Run.RunId, row.Name, row.Slot, row.Run.AveragePrecision, row.Run.Argmax, row.Run.Chosen) == (other.Run.RunId, other.Name, other.Slot, other.Run.AveragePrecision, other.Run.Argmax, other.Run.Chosen)
        && row.Run.Curve.SequenceEqual(other.Run.Curve);

    private static List<CompareRow> Drawn(IReadOnlyList<CompareRow> rows) => [.. rows.Where(row => row.Run.Curve.Count > 0)];

    private static ChartReference Share(double value) => new(value, "var(--soft)");

    private static ChartSeries Series(CompareRow row) => new(
        row.Name.Full,
        row.Color,
        SeriesPalette.Dash(row.Slot),
        ChartLine.StepBefore,
        [.. row.Run.Curve.Select(point => new ChartPoint(point.Recall, point.Precision, Values(point)))]);

    private static IReadOnlyList<string> Values(CurvePoint point)
    {
        var (threshold, probability) = point.Threshold switch
        {
            { } t => (Figures.Exact(t), Figures.FineProbability(ThresholdWords.Probability(t))),
            null when point.Recall == 0 => ("none flagged", "\u2013"),
            null => ("all flagged, unscorable too", "\u2013"),
        };
        return [threshold, probability, Figures.Decimals(point.Precision, 4), Figures.Decimals(point.Recall, 4)];
    }

    /// <summary>All points of equal F1: P = F R / (2 R - F), from where P is 1.</summary>
    private static ChartGuide Guide(double level)
    {
        var first = level / (2 - level);
        var recalls = Enumerable.Range(0, GuidePoints + 1).Select(step => first + ((1 - first) * step / GuidePoints));
        return new ChartGuide($"F1 {Figures.Decimals(level, 1)}", (1, first), [.. recalls.Select(recall => (recall, Math.Min(1, level * recall / ((2 * recall) - level))))]);
    }

    private static IEnumerable<ChartMark> Marks(CompareRow row)
    {
        if (row.Run.Argmax is { Precision: { } precision, Recall: { } recall })
            yield return new ChartMark(recall, precision, row.Color, Full: false);
        if (row.Run.Chosen is { Precision: { } chosenPrecision, Recall: { } chosenRecall })
            yield return new ChartMark(chosenRecall, chosenPrecision, row.Color, Full: true);
    }

    /// <summary>What flagging every sample gives: the last point of a curve, where it flags them all.</summary>
    private static IReadOnlyList<double> SharesOfPositives(IReadOnlyList<CompareRow> rows) =>
        [.. rows.Select(row => row.Run.Curve[^1]).Where(point => point.Recall == 1).Select(point => point.Precision).Distinct().Order()];

    private static IReadOnlyList<ChartNote> Notes(CompareView view, IReadOnlyList<double> shares)
    {
        List<ChartNote> notes = [new(ChartGlyph.HollowCircle, "argmax"), new(ChartGlyph.FullCircle, "chosen threshold")];
        if (shares.Count > 0)
            notes.Add(new ChartNote(ChartGlyph.DottedLine, $"share of {view.PositiveLabel}, {string.Join(" and ", shares.Select(share => Figures.Score(share)))}"));
        notes.Add(new ChartNote(ChartGlyph.PaleDashes, $"equal F1: {string.Join(", ", GuideLevels.Select(level => Figures.Decimals(level, 1)))}"));
        return notes;
    }

    private static string Description(CompareView view, IReadOnlyList<CompareRow> rows) =>
        $"Precision against recall of the label {view.PositiveLabel}, one curve a run. Average precision: "
        + string.Join(", ", rows.Select(row => $"{row.Name.Full} {Figures.Score(row.Run.AveragePrecision)}"))
        + ". The table holds every point.";

    private static List<string> Notes(ComparedRun run)
    {
        var notes = new List<string>();
        if (run.Status != "completed")
            notes.Add(run.Status);
        if (run.SampleSelection is { } selection)
            notes.Add(selection);
        if (run.Censored > 0)
            notes.Add(Figures.Count(run.Censored) + " with a label outside the top tokens");
        if (run.LeftOut > 0)
            notes.Add(Figures.Count(run.LeftOut) + " left out: no label of the experiment");
        return notes;
    }
}
