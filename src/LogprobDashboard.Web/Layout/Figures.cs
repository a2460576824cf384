using System.Globalization;

namespace LogprobDashboard.Web.Layout;

/// <summary>How numbers are written on every page: invariant, with a true minus sign, and in words where there is none.</summary>
public static class Figures
{
    public const string NotDefined = "not defined";

    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 run", "3 runs".</summary>
    public static string Count(int value, string one, string many) => $"{Count(value)} {(value == 1 ? one : many)}";

    /// <summary>A metric in three decimals.</summary>
    public static string Score(double? value) => Decimals(value, 3);

    public static string Decimals(double? value, int decimals) =>
        value is { } v ? Sign(v.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : NotDefined;

    /// <summary>All digits: reads back as the same number.</summary>
    public static string Exact(double? value) => value is { } v ? Sign(v.ToString("R", CultureInfo.InvariantCulture)) : NotDefined;

    public static string LogOdds(double value) => Decimals(value, 2);

    /// <summary>The probability of log odds, in as many decimals as it needs to be told from 0 and 1.</summary>
    public static string Probability(double value) => value switch
    {
        <= 0.0001 => "< 0.0001",
        >= 0.9999 => "> 0.9999",
        < 0.01 or > 0.99 => Decimals(value, 4),
        _ => Decimals(value, 3),
    };

    /// <summary>A probability in two digits more than it takes to tell it from 0 and 1.</summary>
    public static string FineProbability(double value)
    {
        var distance = Math.Min(value, 1 - value);
        return distance <= 0 ? Decimals(value, 4) : Decimals(value, Math.Clamp((int)Math.Ceiling(-Math.Log10(distance)) + 2, 4, 15));
    }

    public static string Percent(double? value) => value is { } v ? Decimals(100 * v, 1) + " %" : NotDefined;

    private static string Sign(string text)
    {
        var isZero = text.AsSpan().TrimStart('-').IndexOfAnyExcept("0.") < 0;
        return text[0] != '-' ? text : isZero ? text[1..] : "\u2212" + text[1..];
    }
}
