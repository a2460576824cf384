using System.Globalization;
using LogprobDashboard.Analysis.Comparison;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>What differences against a baseline say, in sentences.</summary>
internal static class ComparisonVerdict
{
    /// <summary>A sentence for each run but the baseline; then, where several were compared, that their p-values are corrected.</summary>
    public static IReadOnlyList<string> Of(string baseline, IReadOnlyList<(string Name, AgainstBaseline? Against)> runs)
    {
        var compared = runs.Where(run => run.Against is not null).ToList();
        List<string> sentences = [.. compared.Select(run => Sentence(run.Name, baseline, run.Against!))];
        if (compared.Count > 1)
            sentences.Add($"The p-values are corrected for {compared.Count} comparisons (Holm).");
        return sentences;
    }

    public static string Sentence(string name, string baseline, AgainstBaseline against)
    {
        if (against.Judged is not { } difference)
            return $"{Quote(name)} cannot be held against {Quote(baseline)}: {WhyNot(against)}";
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{(against.MacroAveragePrecision is null ? "" : "macro ")}average precision {Signed(difference.Difference)} ({Signed(difference.Low)} to {Signed(difference.High)}, p {Chance(against.CorrectedPValue!.Value)})");
        return against.Verdict switch
        {
            Verdict.Better => $"{Quote(name)} ranks better than {Quote(baseline)}: {figures}.",
            Verdict.Worse => $"{Quote(name)} ranks worse than {Quote(baseline)}: {figures}.",
            _ => $"{Quote(name)} is not distinguishable from {Quote(baseline)} with these data: {figures}.{MoreSamples(against)}",
        };
    }

    private static string WhyNot(AgainstBaseline against) => against.Samples == 0
        ? "they have no labelled sample in common."
        : "average precision is not defined on the samples that they have in common.";

    private static string MoreSamples(AgainstBaseline against) => against.SamplesToTell is { } needed && needed > against.Samples
        ? string.Create(CultureInfo.InvariantCulture, $" About {Rounded(needed):N0} samples would tell a difference of this size; there are {against.Samples:N0}.")
        : "";

    /// <summary>Two digits: more would pretend.</summary>
    private static long Rounded(long number)
    {
        var unit = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(number)) - 1));
        return (long)Math.Ceiling(number / (double)unit) * unit;
    }

    private static string Signed(double value) => (value < 0 ? "\u2212" : "+") + Math.Abs(value).ToString("F3", CultureInfo.InvariantCulture);

    private static string Chance(double p) => p < 0.001 ? "below 0.001" : p.ToString("F3", CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"\u201C{text}\u201D";
}
