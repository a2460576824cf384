using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>The verdict over more than two labels: by macro average precision, then the argmax, then the label whose curves are shown.</summary>
internal static class SeveralLabelsVerdict
{
    public static CompareVerdict Of(CompareView view, IReadOnlyList<CompareRow> rows, CompareUncertainty? uncertainty)
    {
        var ranked = rows.Where(row => row.Run.MacroAveragePrecision is not null).OrderByDescending(row => row.Run.MacroAveragePrecision).ToList();
        var unranked = rows.Except(ranked).Select(row => $"{CompareVerdict.Quoted(row)} is not ranked: {WhyUndefined(row.Run)}").ToList();
        return ranked switch
        {
            [] => Undefined(rows, unranked),
            [var only] => new($"{CompareVerdict.Quoted(only)} has macro average precision {Macro(only)} over {Labels(view, only)}.", Chance(only), [.. Weakest(only), .. Argmax(only), .. LeftOut([only]), .. unranked], only),
            _ => Several(view, ranked, unranked, uncertainty),
        };
    }

    private static CompareVerdict Several(CompareView view, List<CompareRow> ranked, List<string> unranked, CompareUncertainty? uncertainty)
    {
        var leaders = ranked.TakeWhile(row => Macro(row) == Macro(ranked[0])).ToList();
        var over = $"Macro average precision over {Labels(view, ranked[0])}";
        List<string> cautions = [.. LeftOut(ranked), .. CompareVerdict.SampleCautions(ranked, withPositives: false), CompareVerdict.Chance(ranked, uncertainty), .. unranked];
        if (leaders.Count > 1)
            return new(CompareVerdict.Alike(leaders, ranked.Count), $"{over}: {Macro(ranked[0])} each.", [.. OfTheLabel(view, ranked), .. cautions], null);
        var (best, next) = (ranked[0], ranked[1]);
        var proof = ranked.Count == 2 ? $"{over}: {Macro(best)} against {Macro(next)}." : $"{over}: {Macro(best)}; next is {CompareVerdict.Quoted(next)} with {Macro(next)}.";
        return new(CompareVerdict.Ranking(ranked), proof, [.. Against(best.Run, next.Run), .. OfTheLabel(view, ranked), .. cautions], best);
    }

    private static CompareVerdict Undefined(IReadOnlyList<CompareRow> rows, List<string> unranked)
    {
        const string Headline = "Average precision is not defined for any label.";
        var reasons = rows.Select(row => WhyUndefined(row.Run)).Distinct().ToList();
        return reasons.Count == 1 ? new(Headline, CompareVerdict.Sentence(reasons[0]), [], null) : new(Headline, "", unranked, null);
    }

    private static IEnumerable<string> Against(ComparedRun best, ComparedRun next)
    {
        if (best.AllLabels?.Macro.F1 is not { } mine || next.AllLabels?.Macro.F1 is not { } other)
            yield break;
        yield return Math.Sign(Math.Round(mine, 2) - Math.Round(other, 2)) switch
        {
            < 0 => $"At its argmax it looks worse (macro F1 {F1(mine)} against {F1(other)}).",
            > 0 => $"At the argmax it is ahead too (macro F1 {F1(mine)} against {F1(other)}).",
            _ => $"At the argmax they are level (macro F1 {F1(mine)}).",
        };
    }

    /// <summary>What holds for the label that is shown: it may be the other way round.</summary>
    private static IEnumerable<string> OfTheLabel(CompareView view, List<CompareRow> ranked)
    {
        var byLabel = ranked.Where(row => row.Run.AveragePrecision is not null).OrderByDescending(row => row.Run.AveragePrecision).ToList();
        if (byLabel.Count < 2)
            yield break;
        var (first, second) = (byLabel[0], byLabel[1]);
        var (high, low) = (Figures.Score(first.Run.AveragePrecision), Figures.Score(second.Run.AveragePrecision));
        yield return high == low
            ? $"For {view.PositiveLabel} {CompareVerdict.Quoted(first)} and {CompareVerdict.Quoted(second)} rank alike ({high})."
            : $"For {view.PositiveLabel} {(first == ranked[0] ? "it is" : CompareVerdict.Quoted(first) + " is")} ahead{(first == ranked[0] ? " too" : "")} ({high}; {CompareVerdict.Quoted(second)} {low}).";
    }

    private static IEnumerable<string> Weakest(CompareRow row)
    {
        if (row.Run.AllLabels?.PerLabel.Where(label => label.AveragePrecision is not null).MinBy(label => label.AveragePrecision) is { } weakest)
            yield return $"Its weakest label is {weakest.Label} with {Figures.Score(weakest.AveragePrecision)}.";
    }

    private static IEnumerable<string> Argmax(CompareRow row)
    {
        if (row.Run is { AllLabels.Macro.F1: { } macro, Confusion.Accuracy: { } accuracy })
            yield return $"At its argmax macro F1 is {F1(macro)} and accuracy {F1(accuracy)}.";
    }

    /// <summary>A label that a mean leaves out is named, and where the runs' means are over different labels that is said.</summary>
    private static IEnumerable<string> LeftOut(List<CompareRow> ranked)
    {
        var sets = ranked.Select(row => string.Join(", ", row.Run.AllLabels?.LabelsLeftOut ?? [])).Distinct().ToList();
        if (sets.Count > 1)
            yield return "The means are not over the same labels: part of a difference may come from that.";
        else if (sets[0].Length > 0)
            yield return $"Left out of the mean, for want of a positive or a negative: {sets[0]}.";
    }

    /// <summary>Ranking at random gives each label its share of the samples.</summary>
    private static string Chance(CompareRow row)
    {
        var judged = row.Run.Scored + row.Run.Unscorable;
        var shares = row.Run.AllLabels?.PerLabel.Where(label => label.AveragePrecision is not null).Select(label => (double)label.Support / judged).ToList() ?? [];
        return shares.Count > 0 ? $"Chance would give {Figures.Score(shares.Average())}, the mean of the labels' shares." : "";
    }

    private static string WhyUndefined(ComparedRun run)
    {
        var judged = run.Scored + run.Unscorable;
        return judged <= 0 ? "there are no answers to labelled samples yet." : $"all of the {Figures.Count(judged)} samples carry the same label, so there is nothing to tell apart.";
    }

    private static string Labels(CompareView view, CompareRow row) => Figures.Count(view.Labels.Count - (row.Run.AllLabels?.LabelsLeftOut.Count ?? 0), "label", "labels");

    private static string Macro(CompareRow row) => Figures.Score(row.Run.MacroAveragePrecision);

    private static string F1(double value) => Figures.Decimals(value, 2);
}
