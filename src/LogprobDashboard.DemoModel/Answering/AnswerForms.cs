namespace LogprobDashboard.DemoModel.Answering;

/// <summary>
/// The surface forms of a prompt's answers, tokenised once: each label word as the prompt writes it, and with less probability with a space before it,
/// in other cases, in quotes, in bold; and beside them short sentences that name no label, which share the off-label mass.
/// </summary>
internal sealed class AnswerForms
{
    private static readonly (string Before, string After, double Share)[] Wrappings =
        [(" ", "", 0.008), ("\"", "\"", 0.0008), ("**", "**", 0.0006), ("\n", "", 0.0003), ("Answer: ", "", 0.0002), ("The answer is ", ".", 0.0002)];

    private static readonly string[] Evasions =
    [
        "I cannot tell.", "The text is not clear.", "This is hard to say.", "It depends.", "Based on the text, I cannot tell.", "Unclear.", "Maybe.", "None.",
        "Sorry, I cannot tell.", "Unknown.", "Both.", "Hmm.", "We cannot tell.", "There is no answer.", "Sure.", "You decide.", "What?", "Please say more.", "Not sure.", "Other.",
    ];

    private readonly List<(int Label, string[] Tokens, double Share)> _forms = [];
    private readonly List<(string[] Tokens, double Share)> _evasions = [];

    public AnswerForms(IReadOnlyList<string> labelWords)
    {
        for (var label = 0; label < labelWords.Count; label++)
            AddForms(label, labelWords[label]);
        var firstTokens = _forms.Select(form => form.Tokens[0].Trim()).Where(token => token.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var evasions = Evasions.Select(Tokenizer.Split).Where(tokens => !Collides(tokens[0], labelWords, firstTokens)).ToList();
        var shares = evasions.Select((_, rank) => 1.0 / ((rank + 1) * (rank + 2))).ToList();
        for (var i = 0; i < evasions.Count; i++)
            _evasions.Add((evasions[i], shares[i] / shares.Sum()));
    }

    /// <summary>Whole answers with their probabilities, which sum to 1; label probabilities sum to 1, and the off-label mass comes off them.</summary>
    public IReadOnlyList<AnswerSequence> Distribute(ReadOnlySpan<double> labelProbabilities, double offLabelMass)
    {
        var sequences = new List<AnswerSequence>(_forms.Count + _evasions.Count);
        var offLabel = labelProbabilities.Length == 0 ? 1 : offLabelMass;
        foreach (var (label, tokens, share) in _forms)
            sequences.Add(new AnswerSequence(tokens, (1 - offLabel) * labelProbabilities[label] * share));
        foreach (var (tokens, share) in _evasions)
            sequences.Add(new AnswerSequence(tokens, offLabel * share));
        return sequences;
    }

    private void AddForms(int label, string word)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        var rest = 1.0;
        void Add(string text, double share)
        {
            rest -= share;
            shares[text] = shares.GetValueOrDefault(text) + share;
        }

        foreach (var (before, after, share) in Wrappings)
            Add(before + word + after, share);
        Add(word.ToLowerInvariant(), 0.004);
        Add(word.ToUpperInvariant(), 0.0015);
        Add(" " + word.ToLowerInvariant(), 0.0003);
        Add(char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant(), 0.0008);
        Add(word, rest);
        foreach (var (text, share) in shares)
            _forms.Add((label, Tokenizer.Split(text), share));
    }

    /// <summary>An evasion must not count for a label: its first token may be neither a label's first token nor the beginning of a label word.</summary>
    private static bool Collides(string token, IReadOnlyList<string> labelWords, HashSet<string> firstTokens) =>
        firstTokens.Contains(token) || labelWords.Any(word => word.StartsWith(token, StringComparison.OrdinalIgnoreCase));
}
