namespace LogprobDashboard.Workbench.Compare;

/// <summary>Which samples are judged.</summary>
/// <param name="Column">The dataset's column that <paramref name="Value"/> is of; null is that of the source.</param>
/// <param name="Value">Only samples of this value, or of this bin (<see cref="SliceColumn"/>); null is all.</param>
/// <param name="MostEntropy">Scored samples of a predictive entropy above this, in nats, are abstained from; null abstains from none. Unscorable samples have no entropy and stay.</param>
public sealed record SampleScope(string? Column = null, string? Value = null, double? MostEntropy = null)
{
    /// <summary>Every sample.</summary>
    public static SampleScope All { get; } = new();

    public bool IsAll => Value is null && MostEntropy is null;
}
