using System.Globalization;

namespace LogprobDashboard.Web.Compare;

public enum CompareRuleKind
{
    MaxF1,
    MaxFBeta,
    Precision,
    Recall,
    Cost,
    Rate,
}

/// <summary>
/// How an operating point is chosen, as the HTTP API writes it: <c>maxF1</c>, <c>maxFBeta:2</c>, <c>precision:0.95</c>, <c>recall:0.9</c>,
/// <c>cost:1,5</c> (a false positive, a false negative), <c>rate:0.05</c>.
/// </summary>
public sealed record CompareRule
{
    private const double LargestBeta = 100;

    private CompareRule(CompareRuleKind kind, double value, double second)
    {
        Kind = kind;
        Value = value;
        Second = second;
    }

    public static CompareRule Default { get; } = new(CompareRuleKind.MaxF1, 0, 0);

    public CompareRuleKind Kind { get; }

    /// <summary>The rule's number; of costs the false positive's; 0 where it has none.</summary>
    public double Value { get; }

    /// <summary>The cost of a false negative; else 0.</summary>
    public double Second { get; }

    /// <summary>Null where the numbers are outside what the rule allows.</summary>
    public static CompareRule? TryCreate(CompareRuleKind kind, double value = 0, double second = 0) => kind switch
    {
        CompareRuleKind.MaxF1 => Default,
        CompareRuleKind.MaxFBeta when value == 1 => Default,
        CompareRuleKind.MaxFBeta when value is > 0 and <= LargestBeta => new(kind, value, 0),
        CompareRuleKind.Precision or CompareRuleKind.Recall or CompareRuleKind.Rate when value is >= 0 and <= 1 => new(kind, value, 0),
        CompareRuleKind.Cost when value >= 0 && second >= 0 && value + second > 0 && double.IsFinite(value + second) => new(kind, value, second),
        _ => null,
    };

    /// <summary>The rule with the numbers that people start from.</summary>
    public static CompareRule Usual(CompareRuleKind kind) => kind switch
    {
        CompareRuleKind.MaxFBeta => new(kind, 2, 0),
        CompareRuleKind.Precision => new(kind, 0.95, 0),
        CompareRuleKind.Recall => new(kind, 0.9, 0),
        CompareRuleKind.Cost => new(kind, 1, 5),
        CompareRuleKind.Rate => new(kind, 0.05, 0),
        _ => Default,
    };

    /// <summary>Nonsense is the default.</summary>
    public static CompareRule Parse(string? text)
    {
        var parts = (text ?? "").Split(':', 2);
        if (!TryKind(parts[0], out var kind))
            return Default;
        var numbers = parts.Length == 2 ? parts[1].Split(',') : [];
        if (numbers.Length != NumbersOf(kind))
            return Default;
        return TryCreate(kind, Number(numbers, 0), Number(numbers, 1)) ?? Default;
    }

    public override string ToString() => NumbersOf(Kind) switch
    {
        0 => Name(Kind),
        1 => string.Create(CultureInfo.InvariantCulture, $"{Name(Kind)}:{Value:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Name(Kind)}:{Value:R},{Second:R}"),
    };

    private static int NumbersOf(CompareRuleKind kind) => kind switch
    {
        CompareRuleKind.MaxF1 => 0,
        CompareRuleKind.Cost => 2,
        _ => 1,
    };

    private static string Name(CompareRuleKind kind) => kind switch
    {
        CompareRuleKind.MaxF1 => "maxF1",
        CompareRuleKind.MaxFBeta => "maxFBeta",
        CompareRuleKind.Precision => "precision",
        CompareRuleKind.Recall => "recall",
        CompareRuleKind.Cost => "cost",
        _ => "rate",
    };

    private static bool TryKind(string name, out CompareRuleKind kind)
    {
        foreach (var candidate in Enum.GetValues<CompareRuleKind>())
        {
            kind = candidate;
            if (Name(candidate) == name)
                return true;
        }

        kind = CompareRuleKind.MaxF1;
        return false;
    }

    /// <summary>NaN, which no rule allows, where the text is no number.</summary>
    private static double Number(string[] numbers, int index) =>
        index >= numbers.Length ? 0 : double.TryParse(numbers[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
