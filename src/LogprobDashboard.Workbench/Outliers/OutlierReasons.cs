using System.Globalization;
using System.Numerics;
using System.Text.Json;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Likely reasons, read off the text and the answers, in words. Each is a hint for a person, not a verdict.</summary>
internal static class OutlierReasons
{
    /// <summary>Odds of 9 to 1 and more against the given label.</summary>
    private const double SureMargin = 2.1972245773362196;

    private const double LowCoverage = 0.5;

    private static readonly ReasonCodes[] Codes = [.. Enum.GetValues<ReasonCodes>().Where(code => code != ReasonCodes.None)];

    public static IReadOnlyList<string> Names { get; } = [.. Codes.Select(Name)];

    public static string Name(ReasonCodes code) => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());

    public static bool TryParse(string? name, out ReasonCodes code)
    {
        code = Codes.FirstOrDefault(candidate => Name(candidate) == name);
        return code != ReasonCodes.None;
    }

    public static IEnumerable<ReasonCodes> Each(ReasonCodes codes) => Codes.Where(code => codes.HasFlag(code));

    public static int PlaceOf(ReasonCodes code) => BitOperations.TrailingZeroCount((ushort)code);

    public static IReadOnlyList<OutlierReason> Of(SampleRecord sample, ResultRecord result) =>
        [.. OfText(sample.Text), .. Each(OfResult(sample.Label, result)).Select(code => new OutlierReason(Name(code), Message(code, sample.Label, result)))];

    /// <summary>Of several runs: each reason once, with the runs that gave it and the message of the first.</summary>
    public static IReadOnlyList<OutlierReason> Of(SampleRecord sample, IReadOnlyList<(string RunId, ResultRecord? Result)> runs)
    {
        List<OutlierReason> reasons = [.. OfText(sample.Text)];
        var found = runs.Where(run => run.Result is not null).Select(run => (run.RunId, Result: run.Result!, Codes: OfResult(sample.Label, run.Result!))).ToList();
        if (found.Where(run => run.Result.Predicted is not null).Select(run => run.Result.Predicted).Distinct().Count() > 1)
            reasons.Add(new OutlierReason(Name(ReasonCodes.RunsDisagree), "The runs predict different labels: at least one of them is wrong."));
        foreach (var code in Codes)
        {
            var givers = found.Where(run => run.Codes.HasFlag(code)).ToList();
            if (givers.Count > 0)
                reasons.Add(new OutlierReason(Name(code), Message(code, sample.Label, givers[0].Result), [.. givers.Select(giver => giver.RunId)]));
        }

        return reasons;
    }

    /// <summary>The reasons that the columns hold: all but those of the text, and an answer that says something else.</summary>
    public static ReasonCodes OfRow(RunScores scores, int row)
    {
        if (row < 0 || scores.Status[row] == ResultStatus.Failed)
            return ReasonCodes.None;
        if (scores.Status[row] == ResultStatus.Unscorable)
            return ReasonCodes.Unscorable;
        var reasons = scores.IsCensored(row) ? ReasonCodes.Censored : ReasonCodes.None;
        if (scores.TrueLabel[row] >= 0 && scores.Predicted[row] != scores.TrueLabel[row] && scores.LogMargin[row] >= SureMargin)
            reasons |= ReasonCodes.LabelDisagrees;
        return scores.Coverage[row] < LowCoverage ? reasons | ReasonCodes.LowCoverage : reasons;
    }

    private static ReasonCodes OfResult(string? label, ResultRecord result)
    {
        if (result.Status == ResultStatus.Failed)
            return ReasonCodes.None;
        if (result.Status == ResultStatus.Unscorable)
            return ReasonCodes.Unscorable;
        var reasons = result.Censored ? ReasonCodes.Censored : ReasonCodes.None;
        if (label is not null && result.Predicted != label && result.Margin >= SureMargin && result.Probabilities.ContainsKey(label))
            reasons |= ReasonCodes.LabelDisagrees;
        if (result.Coverage < LowCoverage)
            reasons |= ReasonCodes.LowCoverage;
        return result.AnswerMismatch ? reasons | ReasonCodes.AnswerMismatch : reasons;
    }

    private static IEnumerable<OutlierReason> OfText(string text) => Each(TextReasons.Of(text)).Select(code => new OutlierReason(Name(code), code switch
    {
        ReasonCodes.NoLanguage => "There is not a letter in the text.",
        ReasonCodes.VeryShort => "The text has three words at most.",
        ReasonCodes.Mojibake => "The text looks as if it was read in the wrong encoding.",
        ReasonCodes.ControlCharacters => "The text holds control characters.",
        ReasonCodes.InvisibleCharacters => "The text holds invisible characters.",
        _ => "The text is written in more than one script.",
    }));

    private static string Message(ReasonCodes code, string? label, ResultRecord result) => code switch
    {
        ReasonCodes.Unscorable => result.Problem ?? "No label was matched.",
        ReasonCodes.LabelDisagrees => $"The model is sure of \"{result.Predicted}\", the data says \"{label}\": perhaps a wrong label.",
        ReasonCodes.LowCoverage => string.Create(CultureInfo.InvariantCulture, $"Only {result.Coverage:P0} of the probability is on label words: the model wants to say something else."),
        ReasonCodes.Censored => "A label is outside of the top log probs: its probability is a bound.",
        _ => $"The text that the model wrote (\"{result.AnswerText}\") is not its likeliest label.",
    };
}
