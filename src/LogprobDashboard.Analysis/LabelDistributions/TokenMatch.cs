namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>How one normalised text matches the label words.</summary>
/// <param name="Alone">The label where no further position exists; else <see cref="None"/> or <see cref="Ambiguous"/>.</param>
/// <param name="BeforeAnother">The same where a further position exists.</param>
/// <param name="IsEmpty">The text is empty once normalised.</param>
internal readonly record struct TokenMatch(int Alone, int BeforeAnother, bool IsEmpty)
{
    /// <summary>No label.</summary>
    public const int None = -1;

    /// <summary>A prefix of words of several labels.</summary>
    public const int Ambiguous = -2;

    public int At(bool furtherPosition) => furtherPosition ? BeforeAnother : Alone;
}
