using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Web.Prompts;

/// <summary>What one answer comes to, in words.</summary>
public static class TryWords
{
    private const int MostNamed = 5;

    /// <summary>Null where there is nothing to be right about.</summary>
    public static bool? IsRight(TryRecord answer) => answer.Predicted is null || answer.TrueLabel is null ? null : answer.Predicted == answer.TrueLabel;

    public static string Verdict(TryRecord answer, IReadOnlyList<string> labels)
    {
        if (answer.Predicted is not { } predicted)
            return $"No label could be read. {answer.Problem}".TrimEnd();
        if (answer.TrueLabel is not { } truth)
            return $"Predicted {predicted}.";
        if (predicted == truth)
            return $"Right: predicted {predicted}, as the data says.";
        return labels.Contains(truth) ? $"Wrong: predicted {predicted}, the data says {truth}." : $"Predicted {predicted}; the data says {truth}, which is no label of this experiment.";
    }

    /// <summary>What has to be known before the numbers are believed.</summary>
    public static IReadOnlyList<string> Notes(TryRecord answer)
    {
        var notes = new List<string>();
        var censored = answer.Distribution.Where(label => label.Censored).Select(label => label.Label).ToList();
        if (censored.Count > 0)
            notes.Add($"{Names(censored)} {(censored.Count == 1 ? "was" : "were")} not among the top tokens: the probability is a bound, not a measurement.");
        if (answer.Predicted is not null && answer.AnswerMismatch)
            notes.Add($"The answer itself reads \"{Shortened(answer.AnswerText)}\": another label than the likeliest one, or none.");
        if (answer.Predicted is null && answer.AnswerText.Length > 0)
            notes.Add($"The answer itself reads \"{Shortened(answer.AnswerText)}\".");
        if (answer.DroppedLogprobs > 0)
            notes.Add($"{Figures.Count(answer.DroppedLogprobs, "log prob was", "log probs were")} not usable and left out.");
        return notes;
    }

    public static string Time(double milliseconds) => milliseconds < 1000 ? $"{Figures.Decimals(milliseconds, 0)} ms" : $"{Figures.Decimals(milliseconds / 1000, 1)} s";

    private static string Names(List<string> labels) =>
        labels.Count <= MostNamed ? string.Join(", ", labels) : $"{string.Join(", ", labels.Take(MostNamed))} and {Figures.Count(labels.Count - MostNamed)} more";

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
