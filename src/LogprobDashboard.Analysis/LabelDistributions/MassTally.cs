using System.Buffers;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Sums an answer's probabilities by label, along the generated path where its tokens are ambiguous.</summary>
internal sealed class MassTally(int labels)
{
    private const double LeastUnseen = 1e-6;

    private readonly bool[] _matched = new bool[labels];
    private double _smallest = double.PositiveInfinity;
    private double _unseen;

    public double[] Masses { get; } = new double[labels];

    public bool AnyMatched { get; private set; }

    public double OffLabel { get; private set; }

    public int Dropped { get; private set; }

    public double Unseen => Math.Clamp(_unseen, 0, 1);

    public double Coverage => Math.Min(1, Masses.Sum());

    /// <summary>Reads the answer position's top-k, and as long as the chosen token stays ambiguous the positions after it.</summary>
    public void Read(IReadOnlyList<AnswerPosition> positions, int at, TopTokens top, TokenMatcher matcher)
    {
        foreach (var token in top.Tokens)
            if (token.Listed)
                _smallest = Math.Min(_smallest, Math.Exp(token.LogProbability));

        ArrayBufferWriter<byte>? path = null;
        double? weight = 0;
        while (weight is { } logWeight)
        {
            var further = at + 1 < positions.Count && TopTokens.AnyUsable(positions[at + 1]);
            weight = ReadPosition(top, logWeight, path, further, matcher);
            if (weight is null)
                return;
            path ??= new(64);
            TokenBytes.Append(positions[at].Chosen, path);
            top = TopTokens.Of(positions[++at]);
        }
    }

    /// <summary>The masses with the imputed value b for every censored label, and the marks. Only where a label matched.</summary>
    public (double[] Masses, bool[] Censored) Impute()
    {
        var imputed = Math.Min(_smallest, Math.Max(Unseen, LeastUnseen));
        var masses = new double[Masses.Length];
        var censored = new bool[Masses.Length];
        for (var label = 0; label < masses.Length; label++)
        {
            censored[label] = !_matched[label];
            masses[label] = censored[label] ? imputed : Masses[label];
        }

        return (masses, censored);
    }

    /// <summary>Shares the weight out over one position.</summary>
    /// <returns>The log probability of the chosen token where it is ambiguous and the next position is to share it out; else null.</returns>
    private double? ReadPosition(TopTokens top, double logWeight, ArrayBufferWriter<byte>? path, bool further, TokenMatcher matcher)
    {
        double? carried = null;
        var seen = 0.0;
        for (var place = 0; place < top.Tokens.Length; place++)
        {
            var token = top.Tokens[place];
            seen += Math.Exp(token.LogProbability);
            var logProbability = Math.Max(UsableLogProbability.Floor, logWeight + token.LogProbability);
            var ends = path is not null && EndOfText.Is(token.Token);
            var match = path is null ? matcher.Match(token.Token) : ends ? matcher.Match(path.WrittenSpan) : matcher.Match(path.WrittenSpan, token.Token);
            var label = match.At(further && !ends);
            if (label >= 0)
                Add(label, Math.Exp(logProbability));
            else if (label == TokenMatch.Ambiguous && further && !ends && place == top.Chosen)
                carried = logProbability;
            else
                OffLabel += Math.Exp(logProbability);
        }

        Dropped += top.Dropped;
        _unseen += Math.Exp(logWeight) * Math.Max(0, 1 - seen);
        return carried;
    }

    private void Add(int label, double probability)
    {
        Masses[label] += probability;
        _matched[label] = true;
        AnyMatched = true;
        _smallest = Math.Min(_smallest, probability);
    }
}
