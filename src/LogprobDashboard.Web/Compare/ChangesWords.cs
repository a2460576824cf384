using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>What a threshold changes against the argmax, in words.</summary>
public static class ChangesWords
{
    private const int LongestText = 120;

    public static string Count(RunChanges changes) => changes.Samples is null ? "no operating point" : Figures.Count(changes.Count, "sample", "samples");

    /// <summary>What is gained, then what it costs.</summary>
    public static string Sum(RunChanges changes, string positive)
    {
        if (changes.Samples is null)
            return "Nothing to hold against the argmax.";
        List<string> parts = [];
        Add(changes.Caught, $"{positive} more caught");
        Add(changes.Cleared, "false alarms fewer");
        Add(changes.Missed, $"{positive} more missed");
        Add(changes.Raised, "false alarms more");
        return parts.Count == 0 ? "No sample is on another side than at the argmax." : string.Join(", ", parts) + ".";

        void Add(int count, string words)
        {
            if (count > 0)
                parts.Add($"{Figures.Count(count)} {words}");
        }
    }

    public static string Side(ChangedSample sample, string positive) => (sample.IsPositive, sample.Flagged) switch
    {
        (true, true) => $"{positive}, caught now",
        (true, false) => $"{positive}, missed now",
        (false, true) => $"{sample.Label}, flagged now",
        _ => $"{sample.Label}, cleared now",
    };

    public static string Shortened(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[LongestText - 1]) ? LongestText - 1 : LongestText), "…");
    }
}
