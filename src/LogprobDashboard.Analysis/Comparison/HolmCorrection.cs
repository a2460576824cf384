namespace LogprobDashboard.Analysis.Comparison;

/// <summary>Holm's step-down correction for several tests at once.</summary>
public static class HolmCorrection
{
    /// <summary>Corrected p-values in the order given: the i-th smallest of m times (m - i + 1), never less than a smaller one's, at most 1. Null stays null and is not counted.</summary>
    /// <param name="pValues">Each in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not in [0, 1].</exception>
    public static IReadOnlyList<double?> Correct(IReadOnlyList<double?> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Any(p => p is { } value && !(value is >= 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(pValues), "A p-value must be in [0, 1].");
        var corrected = new double?[pValues.Count];
        var ascending = Enumerable.Range(0, pValues.Count).Where(test => pValues[test] is not null).OrderBy(test => pValues[test]).ToList();
        var highest = 0.0;
        for (var rank = 0; rank < ascending.Count; rank++)
            corrected[ascending[rank]] = highest = Math.Max(highest, Math.Min(1, (ascending.Count - rank) * pValues[ascending[rank]]!.Value));
        return corrected;
    }
}
