using LogprobDashboard.Analysis.LabelDistributions;

using static LogprobDashboard.Analysis.Tests.LabelDistributions.Answers;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>What the server generated, read as a label.</summary>
public sealed class AnswerTextTests
{
    private static readonly AnswerPosition Yes = Position(("Yes", 0.9), ("No", 0.1));

    [Theory]
    [InlineData("Yes", 0, false)]
    [InlineData("**Yes**, because it is.", 0, false)]
    [InlineData("\n\"yes\"", 0, false)]
    [InlineData("- yes", null, true)]
    [InlineData("\" ** Y", 0, false)]
    [InlineData("No", 1, true)]
    [InlineData("No, yes", 1, true)]
    [InlineData("Perhaps yes", null, true)]
    [InlineData("Yes/No", null, true)]
    [InlineData("", null, true)]
    [InlineData("   ", null, true)]
    public void Read_AnswerText_FirstWordIsMatched(string text, int? label, bool mismatch)
    {
        var answer = YesNo.Read([Yes], text);

        Assert.Equal(label, answer.AnswerLabel);
        Assert.Equal(mismatch, answer.AnswerMismatch);
    }

    [Fact]
    public void Read_NoText_ChosenTokensAreTheText()
    {
        Assert.Equal(1, YesNo.Read([new(new("No", Math.Log(0.1)), Yes.TopLogprobs)]).AnswerLabel);
        Assert.Equal(1, OneToTen().Read([Position(("\n", 1)), Position(("2", 1)), Position((".", 1))]).AnswerLabel);
        Assert.Equal(9, OneToTen().Read([Position(("1", 1)), Position(("0", 1))]).AnswerLabel);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("10", 9)]
    [InlineData("1 or so", 0)]
    [InlineData("11", null)]
    public void Read_NumberedLabels_WholeWordCounts(string text, int? label) => Assert.Equal(label, OneToTen().Read([Position(("1", 1))], text).AnswerLabel);

    [Theory]
    [InlineData("New York", 0)]
    [InlineData("New York is it.", 0)]
    [InlineData("new Jersey", 1)]
    [InlineData("New Y", 2)]
    [InlineData("New", 2)]
    [InlineData("New Mexico", 2)]
    [InlineData("Not really", 3)]
    [InlineData("N", null)]
    public void Read_WordsOfSeveralWords_AsManyWordsAsTheyNeed(string text, int? label) =>
        Assert.Equal(label, Reader(("New York", []), ("New Jersey", []), ("New", []), ("not here", [])).Read([Position(("x", 1))], text).AnswerLabel);

    [Theory]
    [InlineData("New Y", 0)]
    [InlineData("New", null)]
    [InlineData("New Mexico", null)]
    public void Read_FirstWordOfSeveralLabels_NextWordDecides(string text, int? label) =>
        Assert.Equal(label, Reader(("New York", []), ("New Jersey", [])).Read([Position(("x", 1))], text).AnswerLabel);

    [Fact]
    public void Read_UnscorableAnswer_StillHasAnAnswerLabel()
    {
        var answer = YesNo.Read([], "Yes");

        Assert.Equal(0, answer.AnswerLabel);
        Assert.False(answer.AnswerMismatch);
    }
}
