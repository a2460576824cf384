using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class CensoringAdviceTests
{
    private static readonly CensoringFacts Usual = new(AskedHere: true, TopLogprobs: 5, TopLogprobsLimit: 20, LabelCount: 2, LongestWord: 4, MeanUnseenMass: 0.02);

    [Fact]
    public void Advice_BelowWhatTheServerGives_RaisesTheAlternatives() =>
        Assert.Equal("Raise the endpoint's top log probs from 5 to 20, the most that this server is known to give, and run again.", CensoringAdvice.Of(Usual)[0]);

    [Fact]
    public void Advice_OfAServerThatNobodyKnows_NamesWhatMostGive() =>
        Assert.Equal("Raise the endpoint's top log probs from 5 to 20, which most servers give, and run again.", CensoringAdvice.Of(Usual with { TopLogprobsLimit = null })[0]);

    [Fact]
    public void Advice_AtTheMostThatTheServerGives_TurnsToTheLabelWords()
    {
        var advice = CensoringAdvice.Of(Usual with { TopLogprobs = 20 });
        Assert.DoesNotContain(advice, sentence => sentence.StartsWith("Raise", StringComparison.Ordinal));
        Assert.StartsWith("Answer with one letter for each label", advice[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_OfLettersAlready_DoesNotAskForThem() =>
        Assert.DoesNotContain(CensoringAdvice.Of(Usual with { LongestWord = 1 }), sentence => sentence.Contains("one letter", StringComparison.Ordinal));

    [Fact]
    public void Advice_OfMoreLabelsThanAlternatives_SplitsTheTask() =>
        Assert.Contains("40 labels share 20 alternatives: split the task into two questions, a coarse one first.", CensoringAdvice.Of(Usual with { TopLogprobs = 20, LabelCount = 40 }));

    [Fact]
    public void Advice_OfARunRecordedElsewhere_SaysThatItIsToBeRecordedAgain()
    {
        var advice = CensoringAdvice.Of(Usual with { AskedHere = false });
        Assert.StartsWith("These log probs were recorded elsewhere", advice[0], StringComparison.Ordinal);
        Assert.DoesNotContain(advice, sentence => sentence.StartsWith("Raise", StringComparison.Ordinal));
    }

    [Fact]
    public void Advice_WhereHardlyAnythingIsUnseen_SaysThatThereIsLittleToGain() =>
        Assert.StartsWith("Hardly any probability is unseen", CensoringAdvice.Of(Usual with { MeanUnseenMass = 0.0001 })[^1], StringComparison.Ordinal);
}
