using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>One alternative at the answer position, with the label that it counts for. <paramref name="Logprob"/> is null where the server sent none.</summary>
public sealed record TopToken(string Token, double? Logprob, string? Label);

/// <summary>The answer position of an answer, for people: likeliest first.</summary>
internal static class TopTokens
{
    public static IReadOnlyList<TopToken> Of(IReadOnlyList<AnswerPosition> positions, int answerPosition, LabelReader reader)
    {
        if (positions.Count == 0)
            return [];
        var at = Math.Min(answerPosition, positions.Count - 1);
        var further = at + 1 < positions.Count && All(positions[at + 1]).Any(IsUsable);
        var tokens = new List<TokenLogprob>();
        foreach (var token in All(positions[at]).OrderByDescending(token => token.LogProbability ?? double.NegativeInfinity))
        {
            if (!tokens.Exists(token.IsSameToken))
                tokens.Add(token);
        }

        return [.. tokens.Select(token => new TopToken(token.Token, token.LogProbability, IsUsable(token) && reader.MatchToken(token, further) is { } label ? reader.Labels.Labels[label].Name : null))];

        static IEnumerable<TokenLogprob> All(AnswerPosition position) => position.TopLogprobs.Append(position.Chosen);

        static bool IsUsable(TokenLogprob token) => UsableLogProbability.TryRead(token.LogProbability, out _);
    }
}
