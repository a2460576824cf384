using System.Text;

namespace LogprobDashboard.DemoModel.Answering;

/// <summary>
/// Generates the likeliest token at each position from the probabilities of whole answers: the next token's probability is the share of the
/// answers that agree with what was generated so far. A little mass is left for tokens that are never listed, so every position sums to less than 1.
/// </summary>
internal static class AnswerPath
{
    private const double Unlisted = 1e-4;
    private const double Stray = 2e-3;

    /// <summary>The end of the answer, as a token without text: it is listed as a candidate, and never part of the generated tokens.</summary>
    private const string End = "";

    private static readonly string[] StrayTokens =
        [".", "\n", ",", " (", " or", " and", ":", "!", " -", "\"", "**", " is", ";", " as", ")", "?", "'", "/", "…", " in"];

    public static Answer Generate(IReadOnlyList<AnswerSequence> sequences, int maxTokens)
    {
        var live = sequences;
        var positions = new List<IReadOnlyList<TokenProbability>>();
        var text = new StringBuilder();
        while (positions.Count < maxTokens)
        {
            var candidates = Candidates(live, positions.Count);
            var chosen = candidates[0].Token;
            if (chosen == End)
                return new Answer(text.ToString(), positions, Stopped: true);
            var position = positions.Count;
            live = [.. live.Where(sequence => position < sequence.Tokens.Length && sequence.Tokens[position] == chosen)];
            positions.Add(candidates);
            text.Append(chosen);
        }

        return new Answer(text.ToString(), positions, Stopped: false);
    }

    private static List<TokenProbability> Candidates(IReadOnlyList<AnswerSequence> live, int position)
    {
        var masses = new Dictionary<string, double>(StringComparer.Ordinal);
        var total = 0.0;
        foreach (var (tokens, probability) in live)
        {
            var token = position < tokens.Length ? tokens[position] : End;
            masses[token] = masses.GetValueOrDefault(token) + probability;
            total += probability;
        }

        var stray = position == 0 ? 0 : Stray;
        foreach (var token in masses.Keys)
            masses[token] *= (1 - Unlisted - stray) / total;
        for (var i = 0; stray > 0 && i < StrayTokens.Length; i++)
        {
            stray /= 2;
            masses[StrayTokens[i]] = masses.GetValueOrDefault(StrayTokens[i]) + stray;
        }

        var candidates = masses.Where(mass => mass.Value > 0).Select(mass => new TokenProbability(mass.Key, mass.Value)).ToList();
        candidates.Sort((a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : string.CompareOrdinal(a.Token, b.Token));
        return candidates;
    }
}
