using static LogprobDashboard.Analysis.Tests.LabelDistributions.Answers;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class CensoringTests
{
    private const int Digits = 12;

    [Fact]
    public void Read_UnseenBelowSmallest_ImputesTheUnseen()
    {
        var answer = YesNo.Read([Position(("Yes", 0.9), ("x", 0.08))]);

        Assert.Equal(0.02, answer.Masses[1], Digits);
        Assert.Equal([false, true], answer.Censored);
        Assert.Equal(0.9, answer.Coverage, Digits);
        Assert.Equal(Math.Log(0.9 / 0.02), answer.Score(0), Digits);
    }

    [Fact]
    public void Read_SmallestBelowUnseen_ImputesTheSmallestListed() =>
        Assert.Equal(0.1, YesNo.Read([Position(("Yes", 0.5), ("x", 0.1))]).Masses[1], Digits);

    [Fact]
    public void Read_NothingUnseen_ImputesOneInAMillion() =>
        Assert.Equal(1e-6, YesNo.Read([Position(("Yes", 0.9), ("x", 0.1))]).Masses[1], Digits);

    [Fact]
    public void Read_SmallestIsTheChosenOutsideTheList_CountsOnlyWhereItMatched()
    {
        var list = Position(("Yes", 0.5), ("x", 0.1)).TopLogprobs;

        Assert.Equal(0.1, YesNo.Read([new(new("y'all", Math.Log(0.01)), list)]).Masses[1], Digits);
        Assert.Equal(0.01, YesNo.Read([new(new("yes", Math.Log(0.01)), list)]).Masses[1], Digits);
    }

    [Fact]
    public void Read_SeveralLabelsUnmatched_AllGetTheSameAndAreMarked()
    {
        var answer = Reader(("a", []), ("b", []), ("c", [])).Read([Position(("b", 0.8), ("x", 0.15))]);

        Assert.Equal([true, false, true], answer.Censored);
        Assert.Equal(0.05, answer.Masses[0], Digits);
        Assert.Equal(answer.Masses[0], answer.Masses[2]);
        Assert.Equal(1, answer.Predicted);
        Assert.Equal(Math.Log(0.8 / 0.1), answer.Score(1), Digits);
        Assert.Equal(Math.Log(0.05 / 0.85), answer.Score(0), Digits);
    }

    [Fact]
    public void Read_ImputedEqualsTheOnlyMatch_UncensoredWins()
    {
        var answer = YesNo.Read([Position(("No", 0.4))]);

        Assert.Equal(answer.Masses[0], answer.Masses[1]);
        Assert.Equal([true, false], answer.Censored);
        Assert.Equal(1, answer.Predicted);
        Assert.Equal(0, answer.LogMargin);
    }

    [Fact]
    public void ScoreBounds_NothingUnseen_AreTheScore()
    {
        var answer = YesNo.Read([Position(("Yes", 0.75), ("No", 0.25))]);

        Assert.Equal(answer.Score(0), answer.ScoreBounds(0).Low, Digits);
        Assert.Equal(answer.Score(0), answer.ScoreBounds(0).High, Digits);
    }

    [Fact]
    public void ScoreBounds_Observed_GetsTheUnseenOnEitherSide()
    {
        var (low, high) = YesNo.Read([Position(("Yes", 0.6), ("No", 0.3))]).ScoreBounds(0);

        Assert.Equal(Math.Log(0.6 / 0.4), low, Digits);
        Assert.Equal(Math.Log(0.7 / 0.3), high, Digits);
    }

    [Fact]
    public void ScoreBounds_Censored_IsInfiniteOnlyOnOneSide()
    {
        var answer = YesNo.Read([Position(("Yes", 0.6), ("x", 0.3))]);

        Assert.Equal(Math.Log(0.6 / 0.1), answer.ScoreBounds(0).Low, Digits);
        Assert.Equal(double.PositiveInfinity, answer.ScoreBounds(0).High);
        Assert.Equal(double.NegativeInfinity, answer.ScoreBounds(1).Low);
        Assert.Equal(Math.Log(0.1 / 0.6), answer.ScoreBounds(1).High, Digits);
    }

    [Fact]
    public void ScoreBounds_ThreeLabels_EachOtherLabelMayHoldTheUnseen()
    {
        var answer = Reader(("a", []), ("b", []), ("c", [])).Read([Position(("a", 0.6), ("b", 0.3))]);

        Assert.Equal(Math.Log(0.6 / 0.5), answer.ScoreBounds(0).Low, Digits);
        Assert.Equal(Math.Log(0.7 / 0.3), answer.ScoreBounds(0).High, Digits);
        Assert.Equal(Math.Log(0.1 / 0.9), answer.ScoreBounds(2).High, Digits);
    }

    [Fact]
    public void ScoreBounds_CensoredAndNothingUnseen_AreBothMinusInfinity() =>
        Assert.Equal((double.NegativeInfinity, double.NegativeInfinity), YesNo.Read([Sent(("Yes", 0.0), ("No", -9999.0))]).ScoreBounds(1));
}
