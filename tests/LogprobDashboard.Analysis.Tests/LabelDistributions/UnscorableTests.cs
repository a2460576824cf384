using LogprobDashboard.Analysis.LabelDistributions;

using static LogprobDashboard.Analysis.Tests.LabelDistributions.Answers;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class UnscorableTests
{
    [Fact]
    public void Read_NoPosition_HasNoLogProbabilities() => AssertUnscorable(UnscorableReason.NoLogProbabilities, YesNo.Read([]));

    [Fact]
    public void Read_NoneSent_HasNoLogProbabilities() =>
        AssertUnscorable(UnscorableReason.NoLogProbabilities, YesNo.Read([new(new("Yes", null), [])]));

    [Fact]
    public void Read_NoneUsable_SaysSoAndCounts()
    {
        var answer = YesNo.Read([Sent(("Yes", -9999.0), ("No", double.NaN), ("x", null), ("y", 0.5))]);

        AssertUnscorable(UnscorableReason.NoUsableLogProbability, answer);
        Assert.Equal(4, answer.DroppedLogProbabilities);
        Assert.Equal(1, answer.UnseenMass);
        Assert.Null(answer.TokenEntropy);
    }

    [Fact]
    public void Read_ChosenUnusableAndNotListed_IsCountedToo() =>
        Assert.Equal(2, YesNo.Read([new(new("Yes", -9999.0), [new("No", null)])]).DroppedLogProbabilities);

    [Fact]
    public void Read_NoLabelMatched_KeepsWhatTheTokensSay()
    {
        var answer = YesNo.Read([Position(("Maybe", 0.5), ("Perhaps", 0.25))]);

        AssertUnscorable(UnscorableReason.NoLabelMatched, answer);
        Assert.Equal(0.75, answer.OffLabelMass, 1e-12);
        Assert.Equal(0.25, answer.UnseenMass, 1e-12);
        Assert.Equal(Math.Log(2), answer.TokenMargin!.Value, 1e-12);
    }

    [Fact]
    public void Read_OnlyAmbiguousTokens_MatchedNoLabel() =>
        AssertUnscorable(UnscorableReason.NoLabelMatched, Reader(("positive", []), ("possible", [])).Read([Position(("pos", 1))]));

    [Fact]
    public void Probability_Unscorable_Throws()
    {
        var answer = YesNo.Read([]);

        Assert.Throws<InvalidOperationException>(() => answer.Probability(0));
        Assert.Throws<InvalidOperationException>(() => answer.Score(0));
        Assert.Throws<InvalidOperationException>(() => answer.ScoreBounds(0));
    }

    private static void AssertUnscorable(UnscorableReason reason, LabelDistribution answer)
    {
        Assert.Equal(reason, answer.Reason);
        Assert.False(answer.IsScorable);
        Assert.Empty(answer.Masses);
        Assert.Empty(answer.Censored);
        Assert.False(answer.IsCensored);
        Assert.Equal(0, answer.Coverage);
        Assert.Equal((null, null, null, null), (answer.Predicted, answer.Entropy, answer.NormalizedEntropy, answer.LogMargin));
        Assert.False(answer.AnswerMismatch);
    }
}
