using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Likely reasons, read off the text and the answer. Each is a hint for a person, not a verdict.</summary>
internal static partial class OutlierReasons
{
    /// <summary>Odds of 9 to 1 and more against the given label.</summary>
    private const double SureMargin = 2.1972245773362196;

    private const double LowCoverage = 0.5;
    private const double ShareOfSecondScript = 0.1;

    public static IReadOnlyList<OutlierReason> Of(SampleRecord sample, ResultRecord result)
    {
        var reasons = new List<OutlierReason>();
        AddTextReasons(sample.Text, reasons);
        if (result.Status == ResultStatus.Unscorable)
            reasons.Add(new OutlierReason("unscorable", result.Problem ?? "No label was matched."));
        if (result.Predicted is { } predicted && sample.Label is { } label && predicted != label && result.Margin >= SureMargin && result.Probabilities.ContainsKey(label))
            reasons.Add(new OutlierReason("labelDisagrees", $"The model is sure of \"{predicted}\", the data says \"{label}\": perhaps a wrong label."));
        if (result.Coverage < LowCoverage)
            reasons.Add(new OutlierReason("lowCoverage", string.Create(CultureInfo.InvariantCulture, $"Only {result.Coverage:P0} of the probability is on label words: the model wants to say something else.")));
        if (result.Censored)
            reasons.Add(new OutlierReason("censored", "A label is outside of the top log probs: its probability is a bound."));
        if (result is { Status: ResultStatus.Scored, AnswerMismatch: true })
            reasons.Add(new OutlierReason("answerMismatch", $"The text that the model wrote (\"{result.AnswerText}\") is not its likeliest label."));
        return reasons;
    }

    private static void AddTextReasons(string text, List<OutlierReason> reasons)
    {
        var letters = text.Count(char.IsLetter);
        var words = Words().Count(text);
        if (letters == 0)
            reasons.Add(new OutlierReason("noLanguage", "There is not a letter in the text."));
        else if (words <= 3)
            reasons.Add(new OutlierReason("veryShort", "The text has three words at most."));
        if (text.Contains('\uFFFD') || TextFaults.LooksLikeMojibake(text))
            reasons.Add(new OutlierReason("mojibake", "The text looks as if it was read in the wrong encoding."));
        if (TextFaults.HasControlCharacters(text))
            reasons.Add(new OutlierReason("controlCharacters", "The text holds control characters."));
        if (text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D)))
            reasons.Add(new OutlierReason("invisibleCharacters", "The text holds invisible characters."));
        if (Scripts(text) is [var first, var second, ..] && second >= ShareOfSecondScript * (first + second))
            reasons.Add(new OutlierReason("mixedScripts", "The text is written in more than one script."));
    }

    /// <summary>Letters by script, the most frequent first.</summary>
    private static List<int> Scripts(string text) =>
        [.. text.EnumerateRunes().Where(Rune.IsLetter).Select(Script).Where(script => script > 0).GroupBy(script => script).Select(group => group.Count()).OrderDescending()];

    private static int Script(Rune letter) => letter.Value switch
    {
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => 1,
        >= 0x0370 and < 0x0400 => 2,
        >= 0x0400 and < 0x0530 => 3,
        >= 0x0590 and < 0x0600 => 4,
        >= 0x0600 and < 0x0780 => 5,
        >= 0x0900 and < 0x0E00 => 6,
        >= 0x0E00 and < 0x0E80 => 7,
        (>= 0x3040 and < 0x3100) or (>= 0x3400 and < 0xA000) => 8,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) => 9,
        _ => 0,
    };

    [GeneratedRegex(@"\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
