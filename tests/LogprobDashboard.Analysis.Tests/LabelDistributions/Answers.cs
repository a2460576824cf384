using System.Text;

using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>Short ways to write answers and label sets down.</summary>
internal static class Answers
{
    public static LabelReader YesNo { get; } = Reader(("spam", ["Yes"]), ("ham", ["No"]));

    public static LabelReader Reader(params (string Name, string[] Words)[] labels) =>
        new(new(labels.Select(label => new LabelDefinition(label.Name, label.Words))));

    public static LabelReader OneToTen() => Reader([.. Enumerable.Range(1, 10).Select(number => ($"{number}", Array.Empty<string>()))]);

    /// <summary>A position whose chosen token is the first.</summary>
    public static AnswerPosition Position(params (string Token, double Probability)[] top)
    {
        var tokens = top.Select(token => new TokenLogprob(token.Token, Math.Log(token.Probability))).ToList();
        return new(tokens[0], tokens);
    }

    /// <summary>A position whose chosen token is the first, its log probabilities as sent.</summary>
    public static AnswerPosition Sent(params (string Token, double? LogProbability)[] top)
    {
        var tokens = top.Select(token => new TokenLogprob(token.Token, token.LogProbability)).ToList();
        return new(tokens[0], tokens);
    }

    public static TokenLogprob WithBytes(string token, double probability, params byte[] bytes) => new(token, Math.Log(probability), bytes);

    public static TokenLogprob InUtf8(string token, double probability) => WithBytes(token, probability, Encoding.UTF8.GetBytes(token));
}
