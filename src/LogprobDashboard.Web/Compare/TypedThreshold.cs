using System.Globalization;

namespace LogprobDashboard.Web.Compare;

/// <summary>A threshold as a person types it: log odds, or the probability 1 / (1 + e^-t) that stands beside them. Numbers in invariant culture; both minus signs are read.</summary>
public static class TypedThreshold
{
    /// <summary>No score lies beyond: the least mass is e^-700.</summary>
    public const double Most = 10_000;

    private const int MostDecimals = 28;

    public static bool IsAllowed(double threshold) => Math.Abs(threshold) <= Most;

    /// <summary>Null where the text is no number, or one that no score reaches.</summary>
    public static double? FromLogOdds(string? text) =>
        double.TryParse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && IsAllowed(threshold) ? threshold + 0.0 : null;

    /// <summary>ln p - ln(1 - p), with 1 - p taken from the digits as they were typed: 0.9999999999999999999 is not 1. Null outside of (0, 1).</summary>
    public static double? FromProbability(string? text)
    {
        if (!double.TryParse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var probability) || !(probability is > 0 and <= 1))
            return null;
        var rest = decimal.TryParse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var typed) ? (double)(1 - typed) : 1 - probability;
        return rest > 0 ? Math.Log(probability) - Math.Log(rest) + 0.0 : null;
    }

    /// <summary>Log odds in full, as an input shows them.</summary>
    public static string LogOddsText(double threshold) => threshold.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The probability in as many digits as it takes to come back to the same threshold, to ten digits: 0.9 for ln 9.</summary>
    public static string ProbabilityText(double threshold)
    {
        var least = 1 / (1 + Math.Exp(Math.Abs(threshold))); // the distance to 0 or to 1
        var decimals = (int)Math.Ceiling(-Math.Log10(least)) + 10;
        if (decimals > MostDecimals || !double.IsFinite(least) || least <= 0)
            return threshold > 0 ? "1" : "0";
        var rounded = Math.Round((decimal)least, Math.Min(decimals, MostDecimals));
        return (threshold > 0 ? 1 - rounded : rounded).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static string? Plain(string? text) => text?.Trim().Replace('\u2212', '-');
}
