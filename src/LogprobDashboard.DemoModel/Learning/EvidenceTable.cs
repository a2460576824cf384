namespace LogprobDashboard.DemoModel.Learning;

/// <summary>What each feature says for each label, in log odds against the labels' mean. Immutable.</summary>
internal sealed class EvidenceTable(Dictionary<ulong, int> rows, double[] weights, int labels)
{
    /// <summary>Adds the feature's weights, times its strength, to the sums; false where the feature is unknown.</summary>
    public bool AddTo(Span<double> sums, ulong key, double strength)
    {
        if (!rows.TryGetValue(key, out var row))
            return false;
        var weight = weights.AsSpan(row, labels);
        for (var label = 0; label < weight.Length; label++)
            sums[label] += strength * weight[label];
        return true;
    }
}
