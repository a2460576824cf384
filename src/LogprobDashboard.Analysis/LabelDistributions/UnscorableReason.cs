namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Why an answer gives no label distribution.</summary>
public enum UnscorableReason
{
    /// <summary>The answer carries no log probability at all: no position, or neither its chosen token nor any alternative has one.</summary>
    NoLogProbabilities,

    /// <summary>Log probabilities came, but none of the answer position is usable (see <see cref="UsableLogProbability"/>).</summary>
    NoUsableLogProbability,

    /// <summary>There are usable log probabilities, but none of them matched a label.</summary>
    NoLabelMatched,
}
