using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>What the outliers show, in words computed from their counts.</summary>
public sealed record OutliersVerdict(string Headline, IReadOnlyList<string> Details)
{
    /// <summary>Fewer than this share of the smaller tail in both: the runs find different samples strange.</summary>
    private const double LittleOverlap = 0.25;

    private const double MuchOverlap = 0.6;

    public static OutliersVerdict Of(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var headline = view.Request.CellOrNone.IsAny ? CellWords.Sentence(view, looks[0])
            : view.Request.Share <= 0 ? $"All {Samples(view.Pool)} are listed: there is no cut."
            : looks.Count == 1 ? OneRun(view, looks[0])
            : SeveralRuns(view, looks);
        return new OutliersVerdict(headline, [.. Explain(view, looks)]);
    }

    private static string OneRun(OutliersView view, OutlierLook look) =>
        $"{Figures.Count(look.Run.Beyond)} of {Samples(look.Run.Defined)} {(look.Run.Beyond == 1 ? "lies" : "lie")} {Beyond(view)} of {OutlierWords.Name(view.Request.By)}.";

    private static string SeveralRuns(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var counts = looks.Select(look => look.Run.Beyond).Distinct().Order().ToList();
        var every = $"{(view.Counts.Every == 0 ? "none" : Figures.Count(view.Counts.Every))} {(view.Counts.Every > 1 ? "are" : "is")} in {(looks.Count == 2 ? "both" : $"all {looks.Count}")}.";
        var each = counts.Count == 1 ? $"{Samples(counts[0])} a run {(counts[0] == 1 ? "lies" : "lie")} {Beyond(view)}; "
            : looks.Count == 2 ? $"{Samples(looks[0].Run.Beyond)} of {looks[0].Short} and {Figures.Count(looks[1].Run.Beyond)} of {looks[1].Short} lie {Beyond(view)}; "
            : $"Between {Figures.Count(counts[0])} and {Samples(counts[^1])} a run lie {Beyond(view)}; ";
        return each + every;
    }

    private static IEnumerable<string> Explain(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var hasCut = view.Request.Share > 0;
        if (view.Request.CellOrNone.IsAny)
        {
            if (hasCut)
                yield return $"{Figures.Count(view.Counts.Any)} of them {(view.Counts.Any == 1 ? "lies" : "lie")} {Beyond(view)} of {OutlierWords.Name(view.Request.By)}{(looks.Count > 1 ? " in a run" : "")}.";
        }
        else
        {
            if (hasCut && looks.Count == 1 && Errors(looks[0]) is { } errors)
                yield return errors;
            if (hasCut && looks.Count == 2 && Overlap(view, looks) is { } overlap)
                yield return overlap;
            if (Restriction(view, looks) is { } restriction)
                yield return restriction;
        }

        if (looks.Count > 1 && view.Counts.Any > 0)
            yield return $"On {Figures.Count(view.Counts.Disagree)} of the {Figures.Count(view.Counts.Any)} the runs predict different labels.";
        if (Undefined(view, looks) is { } undefined)
            yield return undefined;
    }

    private static string? Errors(OutlierLook look)
    {
        var (beyond, within) = (look.Run.WrongBeyond, look.Run.WrongWithin);
        return beyond.Judged == 0 || within.Judged == 0 ? null
            : $"{Figures.Count(beyond.Wrong)} of them ({Share(beyond)}) {(beyond.Wrong == 1 ? "is" : "are")} predicted wrongly, against {Share(within)} of the rest.";
    }

    private static string? Overlap(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var (first, second) = (looks[0].Run.Beyond, looks[1].Run.Beyond);
        var (smaller, only) = (Math.Min(first, second), view.Counts.Any - view.Counts.Every);
        if (smaller == 0 || view.Pool == 0)
            return null;
        var chance = $"Chance alone would put {Figures.Decimals((double)first * second / view.Pool, 1)} in both.";
        var share = (double)view.Counts.Every / smaller;
        var settled = view.Counts.Settled is { } count && 2 * count > only ? $": {Figures.Count(count)} of the {Figures.Count(only)} that only one finds hard lie on the easy side of the other\u2019s median" : "";
        var verb = view.Request.By switch { OutlierOrder.Coverage => "leave the label words on", OutlierOrder.Loss => "go wrong on", _ => "are unsure of" };
        return share < LittleOverlap ? $"The two runs {verb} different samples{settled}. {chance}"
            : share > MuchOverlap ? $"The two runs {verb} much the same samples. {chance}"
            : $"The two runs {verb} partly the same samples. {chance}";
    }

    private static string? Restriction(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var of = view.Request.Source is { } source ? $" of the source {source}" : "";
        var isWhole = of.Length == 0 && view.Scope.IsAll;
        if (looks.Count > 1 && looks.Any(look => look.Run.Answered != view.Pool) && (isWhole || looks.Select(look => look.Run.Answered).Distinct().Count() > 1))
            return $"Compared over the {Samples(view.Pool)}{of} that every run answered{(view.Scope.MostEntropy is null ? "" : " and none abstains from")}: {string.Join(", ", looks.Select(look => $"{look.Short} answered {Figures.Count(look.Run.Answered)}"))}.";
        return of.Length > 0 ? $"Only the {Samples(view.Pool)}{of}." : null;
    }

    /// <summary>What cannot be ranked is said, not dropped in silence.</summary>
    private static string? Undefined(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        var missing = looks.Where(look => look.Run.Defined < view.Pool && !view.Request.CellOrNone.IsAny).Select(look => $"{Figures.Count(view.Pool - look.Run.Defined)} of {look.Short}").ToList();
        return missing.Count == 0 ? null : $"Without {OutlierWords.Name(view.Request.By)}, and so beyond no cut: {string.Join(", ", missing)}.";
    }

    private static string Beyond(OutliersView view) => $"{OutlierWords.SideOf(view.Request)} the {OutlierWords.Percent(view.Request.Quantile)} quantile";

    private static string Share(ErrorShare errors) => Figures.Percent((double)errors.Wrong / errors.Judged);

    private static string Samples(int count) => Figures.Count(count, "sample", "samples");
}
