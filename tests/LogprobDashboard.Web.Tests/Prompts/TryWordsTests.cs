using LogprobDashboard.Web.Prompts;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class TryWordsTests
{
    private static readonly string[] Labels = ["spam", "ham"];

    [Fact]
    public void Verdict_OfEveryCase_IsSaidInWords()
    {
        Assert.Equal("Wrong: predicted spam, the data says ham.", TryWords.Verdict(Screens.Answer, Labels));
        Assert.Equal("Right: predicted spam, as the data says.", TryWords.Verdict(Screens.Answer with { TrueLabel = "spam" }, Labels));
        Assert.Equal("Predicted spam.", TryWords.Verdict(Screens.Answer with { TrueLabel = null }, Labels));
        Assert.Equal("Predicted spam; the data says promo, which is no label of this experiment.", TryWords.Verdict(Screens.Answer with { TrueLabel = "promo" }, Labels));
        Assert.Equal("No label could be read. The server sent no log probs.", TryWords.Verdict(Screens.Answer with { Predicted = null, Problem = "The server sent no log probs." }, Labels));
    }

    [Fact]
    public void Notes_OfABoundAMismatchAndWhatWasDropped_AreAllThere()
    {
        var notes = TryWords.Notes(Screens.Answer with
        {
            Distribution = [new LabelProbability("spam", 0.9, false), new LabelProbability("ham", 0.1, true)],
            AnswerText = "Maybe",
            AnswerMismatch = true,
            DroppedLogprobs = 2,
        });
        Assert.Equal(
        [
            "ham was not among the top tokens: the probability is a bound, not a measurement.",
            "The answer itself reads \"Maybe\": another label than the likeliest one, or none.",
            "2 log probs were not usable and left out.",
        ], notes);
        Assert.Empty(TryWords.Notes(Screens.Answer));
    }

    [Theory]
    [InlineData(304.4, "304 ms")]
    [InlineData(1260, "1.3 s")]
    public void Time_IsInTheUnitThatReadsWell(double milliseconds, string words) => Assert.Equal(words, TryWords.Time(milliseconds));
}
