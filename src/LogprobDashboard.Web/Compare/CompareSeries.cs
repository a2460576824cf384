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
        var drawn = rows.Where(row => row.Run.Curve.Count > 0).ToList();
        var share = SharesOfPositives(drawn);
        return new ChartDefinition(
            "Precision and recall",
            Description(view, rows),
            new ChartAxis("Recall", 0, 1, 5, 1),
            new ChartAxis("Precision", 0, 1, 5, 1),
            Columns,
            [.. drawn.Select(Series)],
            [.. GuideLevels.Select(Guide)],
            [.. drawn.SelectMany(Marks)],
            [.. share.Select(value => new ChartReference(value, "var(--soft)"))],
            Notes(view, share));
    }

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
            { } t => (Figures.Exact(t), Figures.FineProbability(1 / (1 + Math.Exp(-t)))),
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
        notes.Add(new ChartNote(ChartGlyph.PaleDashes, "equal F1"));
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
