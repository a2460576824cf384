using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// The results of one run as columns, in sample order: what every curve, table and histogram is computed from. Immutable; shared by all who look.
/// Undefined numbers are NaN in here and never leave: a reader asks <see cref="Status"/> first.
/// </summary>
public sealed class RunScores
{
    private readonly double[] _masses;
    private readonly bool[] _censored;

    internal RunScores(int count, IReadOnlyList<string> labels)
    {
        (Count, Labels) = (count, labels);
        (_masses, _censored) = (new double[count * labels.Count], new bool[count * labels.Count]);
        (SampleIndex, TrueLabel, Source, Predicted) = (new int[count], new int[count], new int[count], new int[count]);
        Status = new ResultStatus[count];
        (Entropy, LogMargin, TokenEntropy, TokenMargin) = (new double[count], new double[count], new double[count], new double[count]);
        (Coverage, UnseenMass) = (new double[count], new double[count]);
        Numbers = [UnseenMass, Coverage, Entropy, LogMargin, TokenEntropy, TokenMargin];
    }

    /// <summary>Samples with a result, failed ones included.</summary>
    public int Count { get; }

    public IReadOnlyList<string> Labels { get; }

    public IReadOnlyList<string> Sources { get; internal set; } = [];

    public int[] SampleIndex { get; }

    public ResultStatus[] Status { get; }

    /// <summary>The true label's place in <see cref="Labels"/>; -1 where there is none, or one outside the set.</summary>
    public int[] TrueLabel { get; }

    /// <summary>Place in <see cref="Sources"/>; -1 where there is none.</summary>
    public int[] Source { get; }

    /// <summary>The predicted label's place; -1 unless scored.</summary>
    public int[] Predicted { get; }

    public double[] Entropy { get; }

    public double[] LogMargin { get; }

    public double[] TokenEntropy { get; }

    public double[] TokenMargin { get; }

    public double[] Coverage { get; }

    public double[] UnseenMass { get; }

    /// <summary>Which results these are, and read with which labels.</summary>
    internal RunRevision Revision { get; init; }

    /// <summary>The columns with one number a result, in the order in which they are kept: see <see cref="ColumnsCodec"/>.</summary>
    internal IReadOnlyList<double[]> Numbers { get; }

    /// <summary>Bytes in memory, about, with the rankings that are made of it: the cache's measure.</summary>
    public long Size => 64L + ((long)Count * ((Labels.Count * (9 + 24)) + (4 * 8) + (8 * 6)));

    public bool IsCensored(int row) => _censored.AsSpan(row * Labels.Count, Labels.Count).Contains(true);

    public ReadOnlySpan<double> Masses(int row) => _masses.AsSpan(row * Labels.Count, Labels.Count);

    public ReadOnlySpan<bool> Censored(int row) => _censored.AsSpan(row * Labels.Count, Labels.Count);

    /// <summary>Log odds of a label; for a scored row.</summary>
    public double Score(int row, int label) => LabelMasses.Score(Masses(row), label);

    public double Probability(int row, int label) => LabelMasses.Probability(Masses(row), label);

    /// <summary>Takes the masses of as many results as it is given, as <see cref="MassColumn"/> stores them.</summary>
    internal void SetMasses(int row, ReadOnlySpan<byte> bytes, int results = 1) =>
        MassColumn.Read(bytes, _masses.AsSpan(row * Labels.Count, results * Labels.Count), _censored.AsSpan(row * Labels.Count, results * Labels.Count));

    /// <summary>Writes the masses of as many results as <paramref name="bytes"/> have room for, as <see cref="MassColumn"/> stores them.</summary>
    internal void CopyMasses(int row, Span<byte> bytes)
    {
        var start = row * Labels.Count;
        for (var place = 0; place < bytes.Length / sizeof(double); place++)
            MassColumn.Write(bytes, place, _masses[start + place], _censored[start + place]);
    }
}
