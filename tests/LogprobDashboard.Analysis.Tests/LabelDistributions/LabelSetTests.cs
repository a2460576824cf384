using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class LabelSetTests
{
    [Fact]
    public void Check_EveryProblem_IsListed()
    {
        var problems = LabelSet.Check([
            new("spam", ["Yes", "yes ", "**"]),
            new("ham", ["No", " YES"]),
            new("spam", []),
            new(" ", []),
            new("...", []),
        ]);

        Assert.Equal(
            [("spam", "**"), ("ham", " YES"), ("spam", null), ("", null), ("...", "...")],
            problems.Select(problem => (problem.Label, problem.Word)));
        Assert.All(problems, problem => Assert.EndsWith(".", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_FewerThanTwo_IsAProblem()
    {
        Assert.Single(LabelSet.Check([]));
        Assert.Single(LabelSet.Check([new("spam", [])]));
    }

    [Fact]
    public void Constructor_ImpossibleSet_Throws() => Assert.Throws<ArgumentException>(() => new LabelSet([new("a", []), new("b", ["A"])]));

    [Fact]
    public void Constructor_NameWithoutWords_NameIsTheWord()
    {
        var reader = Answers.Reader(("spam", []), ("ham", []));

        Assert.Equal(0, reader.MatchToken(new("Spam", null), furtherPosition: false));
        Assert.Equal(["spam"], new LabelDefinition("spam", null!).EffectiveWords());
    }

    [Fact]
    public void Constructor_OwnWords_NameItselfIsNone() => Assert.Null(Answers.YesNo.MatchToken(new("spam", null), furtherPosition: false));

    [Fact]
    public void IndexOf_ComparesExactly()
    {
        var labels = Answers.YesNo.Labels;

        Assert.Equal((0, 1, -1), (labels.IndexOf("spam"), labels.IndexOf("ham"), labels.IndexOf("Spam")));
    }

    [Theory]
    [InlineData("1", "10", "1")]
    [InlineData("not spam", "not ham", "not ")]
    [InlineData("positive", "possible", "pos")]
    [InlineData("no pass", "no-one", null)]
    [InlineData("Spam", "spammer", "spam")]
    [InlineData("abc👍", "abc👎", "abc")]
    [InlineData("ab👍", "ab👎", null)]
    [InlineData("ham", "hat", null)]
    [InlineData("Yes", "No", null)]
    public void Clashes_WordsThatBeginAlike_AreFound(string first, string second, string? prefix)
    {
        var clashes = new LabelSet([new("a", [first]), new("b", [second])]).Clashes;

        Assert.Equal(prefix is null ? [] : [new LabelWordClash("a", first, "b", second, prefix)], clashes);
    }

    [Fact]
    public void Clashes_WordsOfOneLabel_AreNone() => Assert.Empty(new LabelSet([new("a", ["spam", "spammer", "Spam "]), new("b", ["ham"])]).Clashes);
}
