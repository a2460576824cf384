using System.Globalization;

namespace LogprobDashboard.Analysis.OperatingPoints;

internal static class ThresholdRuleText
{
    private const string Allowed = "A rule is maxF1, maxFBeta:2, precision:0.95, recall:0.9, cost:1,5 or rate:0.05.";

    public static bool TryParse(string? text, out ThresholdRule? rule, out string? problem)
    {
        (rule, problem) = (null, null);
        var colon = (text ?? "").IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text ?? "" : text![..colon]).Trim();
        if (!TryReadNumbers(colon < 0 ? null : text![(colon + 1)..], out var numbers))
        {
            problem = $"\"{text}\" has a number that cannot be read. {Allowed}";
            return false;
        }

        try
        {
            rule = Make(name.ToUpperInvariant(), numbers);
        }
        catch (ArgumentOutOfRangeException unfit)
        {
            problem = $"\"{text}\" has a number that is out of range. {unfit.Message.Split(" (Parameter", 2)[0]}";
            return false;
        }

        if (rule is null)
            problem = $"\"{text}\" is no threshold rule. {Allowed}";
        return rule is not null;
    }

    private static ThresholdRule? Make(string name, double[] numbers) => (name, numbers) switch
    {
        ("MAXF1", []) => new MaxFBeta(),
        ("MAXFBETA", [var beta]) => new MaxFBeta(beta),
        ("PRECISION", [var precision]) => new PrecisionAtLeast(precision),
        ("RECALL", [var recall]) => new RecallAtLeast(recall),
        ("COST", [var falsePositive, var falseNegative]) => new LeastCost(falsePositive, falseNegative),
        ("RATE", [var rate]) => new RateAtMost(rate),
        _ => null,
    };

    private static bool TryReadNumbers(string? text, out double[] numbers)
    {
        var parts = text?.Split(',') ?? [];
        numbers = new double[parts.Length];
        for (var place = 0; place < parts.Length; place++)
            if (!double.TryParse(parts[place], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[place]))
                return false;
        return true;
    }
}
