using CsCheck;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

public sealed class LabelWordSuggestionsTests
{
    [Theory]
    [InlineData("1", "0", "Yes", "No")]
    [InlineData("0", "1", "No", "Yes")]
    [InlineData("y", "n", "Yes", "No")]
    [InlineData("TRUE", "FALSE", "True", "False")]
    [InlineData("toxic", "not toxic", "Yes", "No")]
    [InlineData("non-toxic", "toxic", "No", "Yes")]
    [InlineData("no_hate", "hate", "No", "Yes")]
    public void For_TwoThatAnswerAQuestion_SuggestsItsAnswers(string first, string second, string firstWord, string secondWord)
    {
        var suggestion = LabelWordSuggestions.For([first, second]);

        Assert.Equal(SuggestedWords.YesNo, suggestion.Kind);
        Assert.Equal([firstWord, secondWord], suggestion.Labels.Select(label => Assert.Single(label.Words!)));
        Assert.Equal([first, second], suggestion.Labels.Select(label => label.Name));
    }

    [Theory]
    [InlineData("spam", "ham")]
    [InlineData("positive", "negative")]
    [InlineData("notice", "tice")]
    [InlineData("account access", "account deletion")]
    public void For_OtherNames_SuggestsTheNames(string first, string second)
    {
        var suggestion = LabelWordSuggestions.For([first, second]);

        Assert.Equal(SuggestedWords.Names, suggestion.Kind);
        Assert.Equal([first, second], suggestion.Labels.Select(label => Assert.Single(label.Words!)));
    }

    [Theory]
    [InlineData("Spam", "spam")]
    [InlineData("...", "spam")]
    public void For_NamesThatCannotBeWords_SuggestsLetterCodes(string first, string second)
    {
        var suggestion = LabelWordSuggestions.For([first, second]);

        Assert.Equal(SuggestedWords.LetterCodes, suggestion.Kind);
        Assert.Equal(["A", "B"], suggestion.Labels.Select(label => Assert.Single(label.Words!)));
    }

    [Fact]
    public void For_AnyNames_SuggestsWordsThatMakeASet() =>
        Gen.String[Gen.Char["ab AB.-_10ynot"], 1, 8].Array[2, 12].Where(names => names.All(name => name.Trim().Length > 0)).Sample(given =>
        {
            var names = given.Select(name => name.Trim()).Distinct().ToList();
            if (names.Count < 2)
                return;
            var suggestion = LabelWordSuggestions.For(names);

            Assert.Equal(names, suggestion.Labels.Select(label => label.Name));
            Assert.Empty(LabelSet.Check(suggestion.Labels.Select(label => new LabelDefinition(label.Name, label.Words ?? []))));
        });
}
