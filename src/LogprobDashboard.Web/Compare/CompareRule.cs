using System.Globalization;
using LogprobDashboard.Analysis.OperatingPoints;

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

/// <summary>A threshold rule as a form shows it: a kind and its numbers. What is allowed, and how it is written, <see cref="ThresholdRule"/> says.</summary>
public sealed record CompareRule
{
    private readonly ThresholdRule _rule;

    private CompareRule(ThresholdRule rule)
    {
        _rule = rule;
        (Kind, Value, Second) = rule switch
        {
            MaxFBeta { Beta: not 1 } beta => (CompareRuleKind.MaxFBeta, beta.Beta, 0),
            PrecisionAtLeast precision => (CompareRuleKind.Precision, precision.Precision, 0),
            RecallAtLeast recall => (CompareRuleKind.Recall, recall.Recall, 0),
            LeastCost cost => (CompareRuleKind.Cost, cost.FalsePositive, cost.FalseNegative),
            RateAtMost rate => (CompareRuleKind.Rate, rate.Rate, 0),
            _ => (CompareRuleKind.MaxF1, 0.0, 0.0),
        };
    }

    public static CompareRule Default { get; } = new(new MaxFBeta());

    public CompareRuleKind Kind { get; }

    /// <summary>The rule's number; of costs the false positive's; 0 where it has none.</summary>
    public double Value { get; }

    /// <summary>The cost of a false negative; else 0.</summary>
    public double Second { get; }

    /// <summary>Null where the numbers are outside what the rule allows.</summary>
    public static CompareRule? TryCreate(CompareRuleKind kind, double value = 0, double second = 0) => TryParse(kind switch
    {
        CompareRuleKind.MaxF1 => "maxF1",
        CompareRuleKind.Cost => string.Create(CultureInfo.InvariantCulture, $"cost:{value},{second}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{kind}:{value}"),
    });

    /// <summary>The rule with the numbers that people start from.</summary>
    public static CompareRule Usual(CompareRuleKind kind) => kind switch
    {
        CompareRuleKind.MaxFBeta => new(new MaxFBeta(2)),
        CompareRuleKind.Precision => new(new PrecisionAtLeast(0.95)),
        CompareRuleKind.Recall => new(new RecallAtLeast(0.9)),
        CompareRuleKind.Cost => new(new LeastCost(1, 5)),
        CompareRuleKind.Rate => new(new RateAtMost(0.05)),
        _ => Default,
    };

    /// <summary>Nonsense is the default.</summary>
    public static CompareRule Parse(string? text) => TryParse(text) ?? Default;

    public override string ToString() => _rule.ToString();

    private static CompareRule? TryParse(string? text) => ThresholdRule.TryParse(text, out var rule, out _) ? new(rule!) : null;
}
