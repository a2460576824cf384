using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>
/// What a comparison shows, in words computed from its figures. Whether it may be chance is said as the test against the baseline found it, or that it was not tested.
/// <paramref name="Proof"/> holds the figures behind the headline; <paramref name="Leader"/> is the row that ranks best, null where none does alone.
/// </summary>
public sealed record CompareVerdict(string Headline, string Proof, IReadOnlyList<string> Details, CompareRow? Leader)
{
    /// <summary>With several labels the means over them come first, and the chosen label after.</summary>
    public static CompareVerdict Of(CompareView view, IReadOnlyList<CompareRow> rows, CompareUncertainty? uncertainty = null) =>
        view.Labels.Count > 2 ? SeveralLabelsVerdict.Of(view, rows, uncertainty) : OfTwoLabels(view, rows, uncertainty);

    /// <summary>The baseline against the best of the others, or the best against the baseline.</summary>
    internal static string Chance(List<CompareRow> ranked, CompareUncertainty? uncertainty) =>
        ranked.Select(row => uncertainty?.Of(row.Run.RunId)?.Sentence).FirstOrDefault(sentence => sentence is not null) ?? "Not tested for chance.";

    internal static string Alike(List<CompareRow> leaders, int count)
    {
        var names = string.Join(", ", leaders.SkipLast(1).Select(Quoted)) + " and " + Quoted(leaders[^1]);
        return leaders.Count == count ? $"{names} rank alike." : $"{names} rank alike, ahead of the rest.";
    }

    internal static string Ranking(List<CompareRow> ranked) =>
        ranked.Count == 2 ? $"{Quoted(ranked[0])} ranks better than {Quoted(ranked[1])}." : $"{Quoted(ranked[0])} ranks best of {Figures.Count(ranked.Count)} runs.";

    /// <summary>Whether the runs are about the same samples; with several labels the number of positives says nothing more.</summary>
    internal static IEnumerable<string> SampleCautions(List<CompareRow> ranked, bool withPositives)
    {
        var selections = ranked.Select(row => row.Run.SampleSelection ?? "all samples").Distinct().ToList();
        var sizes = ranked.Select(row => withPositives
            ? $"{Figures.Count(row.Run.Scored + row.Run.Unscorable)} with {Figures.Count(row.Run.Positives)} positive"
            : Figures.Count(row.Run.Scored + row.Run.Unscorable)).Distinct().ToList();
        if (selections.Count > 1)
            yield return $"The runs are about different samples ({string.Join(" against ", selections)}): part of a difference may come from that.";
        else if (sizes.Count > 1)
            yield return $"The runs were not judged on the same samples ({string.Join(", ", sizes)}): part of a difference may come from that.";
    }

    internal static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    internal static string Quoted(CompareRow row) => Quote(row.Name.Short);

    private static CompareVerdict OfTwoLabels(CompareView view, IReadOnlyList<CompareRow> rows, CompareUncertainty? uncertainty)
    {
        var ranked = rows.Where(row => row.Run.AveragePrecision is not null).OrderByDescending(row => row.Run.AveragePrecision).ToList();
        var unranked = rows.Except(ranked).Select(row => $"{Quoted(row)} is not ranked: {WhyUndefined(view, row.Run)}").ToList();
        return ranked switch
        {
            [] => Undefined(view, rows, unranked),
            [var only] => new($"{Quoted(only)} has average precision {Ap(only)}.", AtRandom(view, only), [.. OperatingPoint.Alone(only), .. unranked], only),
            _ => Several(ranked, unranked, uncertainty),
        };
    }

    private static CompareVerdict Undefined(CompareView view, IReadOnlyList<CompareRow> rows, List<string> unranked)
    {
        var headline = $"Average precision of {Quote(view.PositiveLabel)} is not defined.";
        var reasons = rows.Select(row => WhyUndefined(view, row.Run)).Distinct().ToList();
        return reasons.Count == 1 ? new(headline, Sentence(reasons[0]), [], null) : new(headline, "", unranked, null);
    }

    private static CompareVerdict Several(List<CompareRow> ranked, List<string> unranked, CompareUncertainty? uncertainty)
    {
        var leaders = ranked.TakeWhile(row => Ap(row) == Ap(ranked[0])).ToList();
        if (leaders.Count > 1)
            return new(Alike(leaders, ranked.Count), $"Average precision {Ap(ranked[0])} each.", [.. Cautions(ranked, uncertainty), .. unranked], null);
        var (best, next) = (ranked[0], ranked[1]);
        var proof = ranked.Count == 2 ? $"Average precision {Ap(best)} against {Ap(next)}." : $"Average precision {Ap(best)}; next is {Quoted(next)} with {Ap(next)}.";
        return new(Ranking(ranked), proof, [.. OperatingPoint.Against(best, next, ranked), .. Cautions(ranked, uncertainty), .. unranked], best);
    }

    private static IEnumerable<string> Cautions(List<CompareRow> ranked, CompareUncertainty? uncertainty)
    {
        foreach (var caution in SampleCautions(ranked, withPositives: true))
            yield return caution;
        if (ranked[0].Run.AveragePrecisionBoundLow < ranked[1].Run.AveragePrecisionBoundHigh && ranked[0].Run.Censored + ranked[1].Run.Censored > 0)
            yield return "Within what labels outside the top tokens allow, the order could be the other way round.";
        yield return Chance(ranked, uncertainty);
    }

    private static string AtRandom(CompareView view, CompareRow row) => row.Run.Curve is [.., { Recall: 1, Precision: var share }]
        ? $"Chance would give {Figures.Score(share)}, the share of {view.PositiveLabel}."
        : "";

    private static string WhyUndefined(CompareView view, ComparedRun run)
    {
        var judged = run.Scored + run.Unscorable;
        return judged <= 0 ? "there are no answers to labelled samples yet."
            : run.Positives == 0 ? $"none of the {Figures.Count(judged)} samples is labelled {Quote(view.PositiveLabel)}, so there is nothing to find."
            : $"all of the {Figures.Count(judged)} samples are labelled {Quote(view.PositiveLabel)}, so there is nothing to tell them from.";
    }

    private static string Ap(CompareRow row) => Figures.Score(row.Run.AveragePrecision);

    private static string Quote(string text) => $"\u201C{text}\u201D";

    /// <summary>The sentences about the argmax and the chosen threshold.</summary>
    private static class OperatingPoint
    {
        public static IEnumerable<string> Alone(CompareRow row)
        {
            if (row.Run.Argmax?.F1 is not { } argmax)
                yield break;
            yield return row.Run.Chosen is { F1: { } chosen, Threshold: { } threshold } && F1(chosen) != F1(argmax)
                ? $"At its argmax F1 is {F1(argmax)}; at {ThresholdWords.InSentence(threshold)} it is {F1(chosen)}."
                : $"At its argmax F1 is {F1(argmax)}.";
        }

        public static IEnumerable<string> Against(CompareRow best, CompareRow next, List<CompareRow> all)
        {
            if (best.Run.Argmax?.F1 is not { } mine || next.Run.Argmax?.F1 is not { } other)
                yield break;
            var order = Math.Sign(Math.Round(mine, 2) - Math.Round(other, 2));
            var looks = order switch
            {
                < 0 => $"At its argmax it looks worse (F1 {F1(mine)} against {F1(other)}).",
                > 0 => $"At the argmax it is ahead too (F1 {F1(mine)} against {F1(other)}).",
                _ => $"At the argmax they are level (F1 {F1(mine)}).",
            };
            yield return looks + Remedy(best.Run, order < 0, all);
        }

        private static string Remedy(ComparedRun best, bool looksWorse, List<CompareRow> all)
        {
            if (best.Chosen is not { F1: { } chosen, Threshold: { } threshold } || Math.Round(chosen, 2) <= Math.Round(best.Argmax!.F1!.Value, 2))
                return "";
            var others = all.Where(row => row.Run != best).SelectMany(row => new[] { row.Run.Argmax?.F1, row.Run.Chosen?.F1 }).Max() ?? 0;
            var reaches = $"at {ThresholdWords.InSentence(threshold)} it reaches F1 {F1(chosen)}";
            var bestOfAll = Math.Round(chosen, 2) > Math.Round(others, 2);
            return looksWorse && bestOfAll ? $" Its threshold is the problem, not its prompt: {reaches}, the best of all."
                : $" {Sentence(reaches)}{(bestOfAll ? ", the best of all" : "")}.";
        }

        private static string F1(double value) => Figures.Decimals(value, 2);
    }
}
