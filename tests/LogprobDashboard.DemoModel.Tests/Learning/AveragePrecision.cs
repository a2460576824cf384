namespace LogprobDashboard.DemoModel.Tests.Learning;

internal static class AveragePrecision
{
    /// <summary>The sum over distinct scores, descending, of the gain in recall times the precision there.</summary>
    public static double Of(IReadOnlyList<(double Score, bool Positive)> samples)
    {
        double found = 0, taken = 0, sum = 0;
        var positives = samples.Count(sample => sample.Positive);
        foreach (var tie in samples.GroupBy(sample => sample.Score).OrderByDescending(group => group.Key))
        {
            var hits = tie.Count(sample => sample.Positive);
            found += hits;
            taken += tie.Count();
            sum += hits * found / taken / positives;
        }

        return sum;
    }

    /// <summary>ln of the label's mass over the other's.</summary>
    public static double LogOdds(string prompt, string text, string label, string other)
    {
        var request = Chat.Request(prompt.Replace("{0}", text, StringComparison.Ordinal));
        return Math.Log(Chat.Probability(request, label)) - Math.Log(Chat.Probability(request, other));
    }
}
