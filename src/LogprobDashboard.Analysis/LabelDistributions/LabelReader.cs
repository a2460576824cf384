namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Turns answers into label distributions (definitions, part 1). Thread-safe; keep one for a label set, since it remembers the tokens it has met
/// (bounded).</summary>
public sealed class LabelReader
{
    private readonly TokenMatcher _matcher;
    private readonly AnswerText _answerText;

    /// <summary>Makes a reader for a label set.</summary>
    public LabelReader(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = labels;
        var words = new LabelWordIndex(labels);
        _matcher = new(words);
        _answerText = new(labels, words);
    }

    /// <summary>The labels that answers are read as.</summary>
    public LabelSet Labels { get; }

    /// <summary>
    /// Reads one answer. The position read is the first whose chosen token is not empty once normalised, position 0 where there is one. A chosen token that is
    /// ambiguous has its probability shared out over the next position, and so on along the generated path; a next position counts only where it carries a
    /// usable log p, and a token that ends the text leaves the path as it is, with no position after it.
    /// Never throws for non-null input: what cannot be read is an unscorable distribution.
    /// </summary>
    /// <param name="positions">The generated positions in order; may be empty.</param>
    /// <param name="answerText">What the server generated; null: the chosen tokens joined.</param>
    public LabelDistribution Read(IReadOnlyList<AnswerPosition> positions, string? answerText = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        var at = FindAnswerPosition(positions);
        var answerLabel = ReadAnswer(positions, at, answerText);
        if (positions.Count == 0)
            return new([], []) { Reason = UnscorableReason.NoLogProbabilities, UnseenMass = 1, AnswerLabel = answerLabel };

        var top = TopTokens.Of(positions[at]);
        var tally = new MassTally(Labels.Count);
        tally.Read(positions, at, top, _matcher);
        var (masses, censored) = tally.AnyMatched ? tally.Impute() : ([], []);
        return new(masses, censored)
        {
            Reason = tally.AnyMatched ? null : ReasonOf(positions[at], top),
            DroppedLogProbabilities = tally.Dropped,
            AnswerPosition = at,
            UnseenMass = tally.Unseen,
            OffLabelMass = tally.OffLabel,
            Coverage = tally.Coverage,
            TokenEntropy = TokenEntropy(top),
            TokenMargin = TokenMargin(top),
            AnswerLabel = answerLabel,
        };
    }

    /// <summary>The label that a token matches by itself, null where it matches none or is ambiguous.</summary>
    /// <param name="token">The token.</param>
    /// <param name="furtherPosition">Whether a position follows: a token that is one label's word and begins another's is then ambiguous.</param>
    public int? MatchToken(TokenLogprob token, bool furtherPosition)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _matcher.Match(token).At(furtherPosition) is var label and >= 0 ? label : null;
    }

    private int FindAnswerPosition(IReadOnlyList<AnswerPosition> positions)
    {
        for (var at = 0; at < positions.Count && positions.Count > 1; at++)
            if (!_matcher.Match(positions[at].Chosen).IsEmpty)
                return at;
        return 0;
    }

    /// <summary>Without a text of its own a one-token answer's text is its chosen token, which the matcher knows already.</summary>
    private int? ReadAnswer(IReadOnlyList<AnswerPosition> positions, int at, string? answerText)
    {
        if (answerText is null && positions.Count == 1)
            return MatchToken(positions[at].Chosen, furtherPosition: false);
        return _answerText.Read(answerText ?? AnswerText.Join(positions));
    }

    private static UnscorableReason ReasonOf(AnswerPosition position, TopTokens top)
    {
        if (top.Tokens.Length > 0)
            return UnscorableReason.NoLabelMatched;
        return TopTokens.AnySent(position) ? UnscorableReason.NoUsableLogProbability : UnscorableReason.NoLogProbabilities;
    }

    private static double? TokenEntropy(TopTokens top)
    {
        if (top.Tokens.Length == 0)
            return null;
        Span<double> probabilities = top.Tokens.Length <= 128 ? stackalloc double[top.Tokens.Length] : new double[top.Tokens.Length];
        for (var place = 0; place < probabilities.Length; place++)
            probabilities[place] = Math.Exp(top.Tokens[place].LogProbability);
        return LabelMasses.EntropyOf(probabilities);
    }

    private static double? TokenMargin(TopTokens top)
    {
        if (top.Tokens.Length < 2)
            return null;
        var (first, second) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var token in top.Tokens)
            (first, second) = token.LogProbability > first ? (token.LogProbability, first) : (first, Math.Max(second, token.LogProbability));
        return first - second;
    }
}
