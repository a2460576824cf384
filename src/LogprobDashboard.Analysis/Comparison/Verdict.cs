namespace LogprobDashboard.Analysis.Comparison;

/// <summary>What a difference says about two runs.</summary>
public enum Verdict
{
    /// <summary>Higher than the baseline, by more than chance.</summary>
    Better,

    /// <summary>Lower than the baseline, by more than chance.</summary>
    Worse,

    /// <summary>The data do not tell them apart.</summary>
    NotDistinguishable,
}

/// <summary>Reads differences.</summary>
public static class Verdicts
{
    /// <summary>The level below which a corrected p-value speaks.</summary>
    public const double Level = 0.05;

    /// <summary>Better or worse where the corrected p-value is below 0.05, else not distinguishable; null where the difference is not defined.</summary>
    public static Verdict? Of(PairedDifference? difference, double? correctedPValue) => (difference, correctedPValue) switch
    {
        (null, _) or (_, null) => null,
        (_, >= Level) => Verdict.NotDistinguishable,
        ({ Difference: > 0 }, _) => Verdict.Better,
        ({ Difference: < 0 }, _) => Verdict.Worse,
        _ => Verdict.NotDistinguishable,
    };
}
