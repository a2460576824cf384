namespace LogprobDashboard.DemoModel.Learning;

/// <summary>How often each feature was seen with each label.</summary>
internal sealed class CountTable(int labels)
{
    private readonly Dictionary<ulong, double[]> _counts = [];
    private readonly double[] _totals = new double[labels];

    public void Add(int label, ulong key, double amount)
    {
        if (!_counts.TryGetValue(key, out var counts))
            _counts[key] = counts = new double[labels];
        counts[label] += amount;
        _totals[label] += amount;
    }

    /// <summary>
    /// Weights of evidence: ln(c + a) less its mean over the labels, with c the count at the labels' mean size (so that a label that was shown longer
    /// texts gains nothing by it) and a the smoothing. A feature that was never seen weighs nothing.
    /// </summary>
    public EvidenceTable ToEvidence(double smoothing)
    {
        var mean = _totals.Sum() / labels;
        var scale = Array.ConvertAll(_totals, total => total > 0 ? Math.Clamp(mean / total, 0.4, 2.5) : 1);
        var rows = new Dictionary<ulong, int>(_counts.Count);
        var weights = new double[_counts.Count * labels];
        foreach (var (key, counts) in _counts)
        {
            var row = rows.Count * labels;
            rows[key] = row;
            var sum = 0.0;
            for (var label = 0; label < labels; label++)
                sum += weights[row + label] = Math.Log((counts[label] * scale[label]) + smoothing);
            for (var label = 0; label < labels; label++)
                weights[row + label] -= sum / labels;
        }

        return new EvidenceTable(rows, weights, labels);
    }
}
