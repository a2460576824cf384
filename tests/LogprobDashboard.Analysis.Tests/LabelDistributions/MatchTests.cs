using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>One token against the label words.</summary>
public sealed class MatchTests
{
    [Theory]
    [InlineData("Yes", 0)]
    [InlineData("yes", 0)]
    [InlineData(" YES", 0)]
    [InlineData("\"Yes", 0)]
    [InlineData("Y", 0)]
    [InlineData("ye", 0)]
    [InlineData("No", 1)]
    [InlineData("ĠNO.", 1)]
    [InlineData("n", 1)]
    [InlineData("Yesss", null)]
    [InlineData("Not", null)]
    [InlineData("es", null)]
    [InlineData("**", null)]
    [InlineData("", null)]
    public void Match_WordOrItsBeginning_IsTheLabel(string token, int? label) => Assert.Equal(label, Match(Answers.YesNo, token));

    [Fact]
    public void Match_PrefixOfSeveralLabels_IsNone()
    {
        var reader = Answers.Reader(("positive", []), ("possible", []), ("negative", []));

        Assert.Null(Match(reader, "pos"));
        Assert.Equal(0, Match(reader, "posi"));
        Assert.Equal(1, Match(reader, "poss"));
        Assert.Equal(2, Match(reader, "n"));
    }

    [Fact]
    public void Match_PrefixOfSeveralWordsOfOneLabel_IsTheLabel() =>
        Assert.Equal(0, Match(Answers.Reader(("spam", ["spam", "spammy", "spamming"]), ("ham", [])), "sp"));

    [Fact]
    public void Match_WordThatBeginsAnotherLabels_FollowsFurtherPosition()
    {
        var reader = Answers.OneToTen();

        Assert.Equal(0, Match(reader, "1"));
        Assert.Null(Match(reader, "1", furtherPosition: true));
        Assert.Equal(9, Match(reader, "10", furtherPosition: true));
        Assert.Equal(1, Match(reader, "2", furtherPosition: true));
        Assert.Null(Match(reader, "11"));
    }

    [Fact]
    public void Match_WordThatBeginsAnotherOfTheSameLabel_IsTheLabelEitherWay() =>
        Assert.Equal(0, Match(Answers.Reader(("spam", ["spam", "spammer"]), ("ham", [])), "spam", furtherPosition: true));

    [Fact]
    public void Match_MoreTokensThanAreRemembered_StaysRight()
    {
        var reader = Answers.YesNo;
        for (var number = 0; number < 40_000; number++)
            Assert.Null(Match(reader, $"token {number}"));

        Assert.Equal(0, Match(reader, "\u300CYes\u300D"));
        Assert.Equal(0, Match(reader, new string(' ', 500) + "Yes"));
    }

    private static int? Match(LabelReader reader, string token, bool furtherPosition = false)
    {
        var plain = reader.MatchToken(new(token, null), furtherPosition);
        Assert.Equal(plain, reader.MatchToken(Answers.InUtf8(token, 1), furtherPosition));
        return plain;
    }
}
