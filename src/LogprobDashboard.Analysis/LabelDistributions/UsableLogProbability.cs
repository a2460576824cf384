namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Which log probabilities count (definitions, part 1, "usable log p").</summary>
public static class UsableLogProbability
{
    /// <summary>At most this is some server's "minus infinity" (-9999.0, or -Infinity itself), not a log probability.</summary>
    public const double MinusInfinityMark = -9998;

    /// <summary>Above this a value is no log probability; from 0 up to and including it, it is rounding and counts as 0.</summary>
    public const double RoundingAllowance = 1e-6;

    /// <summary>Whatever is usable and smaller counts as this, so that exp of it is a normal number.</summary>
    public const double Floor = -700;

    /// <summary>
    /// Reads one value. Usable: not null, not NaN, above <see cref="MinusInfinityMark"/>, at most <see cref="RoundingAllowance"/>.
    /// A usable value is clipped to [<see cref="Floor"/>, 0]. Never throws.
    /// </summary>
    /// <param name="logProbability">The value as sent.</param>
    /// <param name="usable">The clipped value, in [-700, 0]; 0 where the result is false.</param>
    /// <returns>True where the value is usable.</returns>
    public static bool TryRead(double? logProbability, out double usable)
    {
        usable = 0;
        if (logProbability is not { } value || !(value > MinusInfinityMark && value <= RoundingAllowance))
            return false;

        usable = Math.Clamp(value, Floor, 0);
        return true;
    }
}
