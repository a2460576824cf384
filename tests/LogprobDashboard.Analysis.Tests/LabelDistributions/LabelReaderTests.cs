using LogprobDashboard.Analysis.LabelDistributions;

using static LogprobDashboard.Analysis.Tests.LabelDistributions.Answers;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>One position, worked by hand.</summary>
public sealed class LabelReaderTests
{
    private const int Digits = 12;

    [Fact]
    public void Read_VariantsOfWords_AddUp()
    {
        var answer = YesNo.Read([Position(("Yes", 0.5), (" yes", 0.1), ("YES", 0.05), ("No", 0.2), ("\"No\"", 0.05), ("Maybe", 0.04))]);

        Assert.True(answer.IsScorable);
        Assert.Equal(0.65, answer.Masses[0], Digits);
        Assert.Equal(0.25, answer.Masses[1], Digits);
        Assert.Equal(0.9, answer.Coverage, Digits);
        Assert.Equal(0.04, answer.OffLabelMass, Digits);
        Assert.Equal(0.06, answer.UnseenMass, Digits);
        Assert.Equal(0, answer.Predicted);
        Assert.False(answer.IsCensored);
        Assert.Equal(0.65 / 0.9, answer.Probability(0), Digits);
        Assert.Equal(Math.Log(0.65 / 0.25), answer.Score(0), Digits);
        Assert.Equal(-answer.Score(0), answer.Score(1), Digits);
        Assert.Equal(Math.Log(0.65 / 0.25), answer.LogMargin!.Value, Digits);
        var (p, q) = (0.65 / 0.9, 0.25 / 0.9);
        Assert.Equal(-(p * Math.Log(p)) - (q * Math.Log(q)), answer.Entropy!.Value, Digits);
        Assert.Equal(answer.Entropy.Value / Math.Log(2), answer.NormalizedEntropy!.Value, Digits);
    }

    [Fact]
    public void Read_RawTokens_EntropyAndMarginIgnoreLabels()
    {
        var answer = YesNo.Read([Position(("Yes", 0.4), ("YES", 0.2), ("x", 0.2))]);

        Assert.Equal(-(0.5 * Math.Log(0.5)) - (2 * 0.25 * Math.Log(0.25)), answer.TokenEntropy!.Value, Digits);
        Assert.Equal(Math.Log(2), answer.TokenMargin!.Value, Digits);
    }

    [Fact]
    public void Read_OneToken_TokenMarginIsNotDefined()
    {
        var answer = YesNo.Read([Position(("Yes", 0.4))]);

        Assert.Equal(0, answer.TokenEntropy);
        Assert.Null(answer.TokenMargin);
    }

    [Fact]
    public void Read_TokenListedTwice_CountsOnceWithTheLarger()
    {
        var answer = YesNo.Read([Position(("Yes", 0.3), ("No", 0.2), ("Yes", 0.4))]);

        Assert.Equal(0.4, answer.Masses[0], Digits);
        Assert.Equal(0.4, answer.UnseenMass, Digits);
    }

    [Fact]
    public void Read_SameTextOtherBytes_AreTwoTokens()
    {
        var answer = YesNo.Read([new(InUtf8("Yes", 0.5), [InUtf8("Yes", 0.5), WithBytes("Yes", 0.1, (byte)' ', (byte)'Y'), InUtf8("No", 0.1)])]);

        Assert.Equal(0.6, answer.Masses[0], Digits);
    }

    [Fact]
    public void Read_ChosenTokenNotListed_IsAdded()
    {
        var list = Position(("Yes", 0.6), ("No", 0.3)).TopLogprobs;
        var answer = YesNo.Read([new(new("no", Math.Log(0.05)), list)]);

        Assert.Equal(0.35, answer.Masses[1], Digits);
        Assert.Equal(0.05, answer.UnseenMass, Digits);
        Assert.True(answer.AnswerMismatch);
    }

    [Fact]
    public void Read_ChosenTokenListed_IsNotAddedAgain()
    {
        var list = Position(("Yes", 0.6), ("No", 0.3)).TopLogprobs;

        Assert.Equal(0.3, YesNo.Read([new(new("No", 0), list)]).Masses[1], Digits);
    }

    [Fact]
    public void Read_ListedUnusableButChosenUsable_ChosenCounts()
    {
        var answer = YesNo.Read([new(new("Yes", Math.Log(0.9)), [new("Yes", -9999.0), new("No", Math.Log(0.1))])]);

        Assert.Equal(0.9, answer.Masses[0], Digits);
        Assert.Equal(1, answer.DroppedLogProbabilities);
    }

    [Fact]
    public void Read_ManyAlternatives_DuplicatesStillCountOnce()
    {
        var tokens = Enumerable.Range(0, 300).Select(number => new TokenLogprob(number % 150 == 0 ? "Yes" : $"x{number % 150}", Math.Log(0.001 + (number * 1e-6)))).ToList();
        var answer = YesNo.Read([new(tokens[0], tokens)]);

        Assert.Equal(0.00115, answer.Masses[0], Digits);
        Assert.Equal(Enumerable.Range(151, 149).Sum(number => 0.001 + (number * 1e-6)), answer.OffLabelMass, Digits);
    }

    [Fact]
    public void Read_TemperatureZeroServer_DropsMinusInfinityAndCensors()
    {
        var answer = YesNo.Read([Sent(("Yes", 0.0), ("No", -9999.0), ("YES", -9999.0))]);

        Assert.Equal(2, answer.DroppedLogProbabilities);
        Assert.Equal([1.0, 1e-6], answer.Masses);
        Assert.Equal([false, true], answer.Censored);
        Assert.Equal(0, answer.UnseenMass);
        Assert.Equal(Math.Log(1e6), answer.Score(0), Digits);
    }

    [Fact]
    public void Read_SlightlyAboveZero_CountsAsZero()
    {
        var answer = YesNo.Read([Sent(("Yes", 5e-7), ("No", -3.0))]);

        Assert.Equal(1, answer.Masses[0]);
        Assert.Equal(1, answer.Coverage);
        Assert.Equal(0, answer.UnseenMass);
        Assert.Equal(0, answer.DroppedLogProbabilities);
    }

    [Fact]
    public void Read_VerySmall_IsKeptAtTheFloor()
    {
        var answer = YesNo.Read([Sent(("Yes", -0.1), ("No", -5000.0))]);

        Assert.Equal(Math.Exp(-700), answer.Masses[1]);
        Assert.Equal(699.9, answer.Score(0), 1e-9);
    }

    [Fact]
    public void Read_EqualMasses_PredictsTheFirstLabel()
    {
        Assert.Equal(0, YesNo.Read([Position(("No", 0.3), ("Yes", 0.3))]).Predicted);
        Assert.Equal(0, YesNo.Read([Position(("No", 0.3), ("Yes", 0.3))]).LogMargin);
    }

    [Fact]
    public void Read_OneToTen_OnePositionTakesTheWholeWord()
    {
        var answer = OneToTen().Read([Position(("1", 0.5), ("10", 0.3), ("7", 0.1))]);

        Assert.Equal(0.5, answer.Masses[0], Digits);
        Assert.Equal(0.3, answer.Masses[9], Digits);
        Assert.Equal(0.1, answer.Masses[6], Digits);
        Assert.Equal(7, answer.Censored.Count(censored => censored));
    }

    [Fact]
    public void Read_AmbiguousPrefix_IsOffLabel()
    {
        var answer = Reader(("positive", []), ("possible", [])).Read([Position(("pos", 0.7), ("positive", 0.2))]);

        Assert.Equal(0.7, answer.OffLabelMass, Digits);
        Assert.Equal(0.2, answer.Coverage, Digits);
    }

    [Fact]
    public void Read_ManyAtOnce_AllReadAlike()
    {
        var reader = OneToTen();
        var answers = new LabelDistribution[5_000];
        Parallel.For(0, answers.Length, place => answers[place] = reader.Read([Position(($" {place % 10 + 1}", 0.6), ($"token {place}", 0.3))]));

        Assert.Equal(Enumerable.Range(0, answers.Length).Select(place => (int?)(place % 10)), answers.Select(answer => answer.Predicted));
    }
}
