using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareVerdictTests
{
    [Fact]
    public void Verdict_WhereTheBetterRankingLooksWorseAtItsArgmax_BlamesTheThreshold()
    {
        var verdict = Of(Views.Strict, Views.Plain);
        Assert.Equal("“plain” ranks better than “strict”.", verdict.Headline);
        Assert.Equal("Average precision 0.929 against 0.745.", verdict.Proof);
        Assert.Equal("At its argmax it looks worse (F1 0.50 against 0.74). Its threshold is the problem, not its prompt: at log odds 7.08 (p 0.9992) it reaches F1 0.87, the best of all.", verdict.Details[0]);
        Assert.Equal("1", verdict.Leader?.Run.RunId);
    }

    [Fact]
    public void Verdict_WhereNoThresholdMakesUpForTheArgmax_DoesNotBlameTheThreshold()
    {
        var verdict = Of(Views.Strict, Views.Plain with { Chosen = Views.Point(3, 100, 40, 808, 52) });
        Assert.Equal("At its argmax it looks worse (F1 0.50 against 0.74). At log odds 3.00 (p 0.953) it reaches F1 0.68.", verdict.Details[0]);
    }

    [Fact]
    public void Verdict_WhereTheArgmaxAgrees_SaysSo()
    {
        var verdict = Of(Views.Strict with { AveragePrecision = 0.95 }, Views.Plain);
        Assert.StartsWith("At the argmax it is ahead too (F1 0.74 against 0.50).", verdict.Details[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_OfEqualFigures_NamesNoLeader()
    {
        var verdict = Of(Views.Run("1", "a", 0.90001), Views.Run("2", "b", 0.90002));
        Assert.Equal("“b” and “a” rank alike.", verdict.Headline);
        Assert.Equal("Average precision 0.900 each.", verdict.Proof);
        Assert.Null(verdict.Leader);
    }

    [Fact]
    public void Verdict_OfATieAheadOfOthers_NamesTheTie() =>
        Assert.Equal("“a” and “b” rank alike, ahead of the rest.", Of(Views.Run("1", "a", 0.9), Views.Run("2", "b", 0.9), Views.Run("3", "c", 0.5)).Headline);

    [Fact]
    public void Verdict_OfThreeRuns_NamesTheBestAndTheNext()
    {
        var verdict = Of(Views.Run("1", "a", 0.6), Views.Run("2", "b", 0.8), Views.Run("3", "c", 0.7));
        Assert.Equal("“b” ranks best of 3 runs.", verdict.Headline);
        Assert.Equal("Average precision 0.800; next is “c” with 0.700.", verdict.Proof);
    }

    [Fact]
    public void Verdict_OfOneRun_StandsAgainstChance()
    {
        var verdict = Of(Views.Plain);
        Assert.Equal("“plain” has average precision 0.929.", verdict.Headline);
        Assert.Equal("Chance would give 0.152, the share of spam.", verdict.Proof);
        Assert.Equal("At its argmax F1 is 0.50; at log odds 7.08 (p 0.9992) it is 0.87.", verdict.Details[0]);
        Assert.DoesNotContain("Not tested for chance.", verdict.Details);
    }

    [Fact]
    public void Verdict_WithoutPositives_SaysWhyItIsNotDefined()
    {
        var verdict = Of(Views.Run("1", "a", null) with { Positives = 0 }, Views.Run("2", "b", null) with { Positives = 0 });
        Assert.Equal("Average precision of “spam” is not defined.", verdict.Headline);
        Assert.Equal("None of the 1,000 samples is labelled “spam”, so there is nothing to find.", verdict.Proof);
    }

    [Fact]
    public void Verdict_WithOneUndefinedRun_RanksTheOthersAndNamesIt()
    {
        var verdict = Of(Views.Plain, Views.Run("3", "fresh", null) with { Scored = 0, Positives = 0 });
        Assert.Equal("“plain” has average precision 0.929.", verdict.Headline);
        Assert.Contains("“fresh” is not ranked: there are no answers to labelled samples yet.", verdict.Details);
    }

    [Fact]
    public void Verdict_OfRunsOverDifferentSamples_Cautions() =>
        Assert.Contains(Of(Views.Plain, Views.Strict with { Scored = 500, Positives = 70 }).Details, detail => detail.StartsWith("The runs were not judged on the same samples", StringComparison.Ordinal));

    [Fact]
    public void Verdict_WhereCensoringAllowsTheReverse_SaysSo()
    {
        var wide = Views.Run("1", "a", 0.9) with { Censored = 40, AveragePrecisionBoundLow = 0.7, AveragePrecisionBoundHigh = 0.95 };
        Assert.Contains("Within what labels outside the top tokens allow, the order could be the other way round.", Of(wide, Views.Run("2", "b", 0.8)).Details);
        Assert.DoesNotContain(Of(wide with { AveragePrecisionBoundLow = 0.85 }, Views.Run("2", "b", 0.8)).Details, detail => detail.StartsWith("Within", StringComparison.Ordinal));
    }

    [Fact]
    public void Verdict_OfSeveralLabels_RanksByTheMacroMeanAndThenTellsOfTheLabel()
    {
        var verdict = OfSeveral(Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.8, 0.85, 0.71));
        Assert.Equal("“rich” ranks better than “bare”.", verdict.Headline);
        Assert.Equal("Macro average precision over 2 labels: 0.800 against 0.700.", verdict.Proof);
        Assert.Equal("At its argmax it looks worse (macro F1 0.71 against 0.74).", verdict.Details[0]);
        Assert.Equal("For de “bare” is ahead (0.900; “rich” 0.850).", verdict.Details[1]);
        Assert.Equal("Left out of the mean, for want of a positive or a negative: fr.", verdict.Details[2]);
        Assert.Equal("Not tested for chance.", verdict.Details[^1]);
        Assert.Equal("2", verdict.Leader?.Run.RunId);
    }

    [Fact]
    public void Verdict_OfSeveralLabelsWhereTheLabelAgrees_SaysSo() =>
        Assert.Contains("For de it is ahead too (0.850; “bare” 0.600).", OfSeveral(Views.Language("1", "bare", 0.7, 0.6, 0.6), Views.Language("2", "rich", 0.8, 0.85, 0.71)).Details);

    [Fact]
    public void Verdict_OfOneRunOverSeveralLabels_StandsAgainstChanceAndNamesTheWeakestLabel()
    {
        var verdict = OfSeveral(Views.Language("1", "bare", 0.7, 0.9, 0.74));
        Assert.Equal("“bare” has macro average precision 0.700 over 2 labels.", verdict.Headline);
        Assert.Equal("Chance would give 0.500, the mean of the labels' shares.", verdict.Proof);
        Assert.Equal("Its weakest label is en with 0.500.", verdict.Details[0]);
        Assert.Equal("At its argmax macro F1 is 0.74 and accuracy 0.77.", verdict.Details[1]);
    }

    [Fact]
    public void Verdict_OfSeveralLabelsOverDifferentOnes_Cautions()
    {
        var other = Views.Language("2", "rich", 0.8, 0.85, 0.71);
        var verdict = OfSeveral(Views.Language("1", "bare", 0.7, 0.9, 0.74), other with { AllLabels = other.AllLabels! with { LabelsLeftOut = [] } });
        Assert.Contains("The means are not over the same labels: part of a difference may come from that.", verdict.Details);
    }

    [Fact]
    public void Verdict_OfSeveralLabelsWithoutAnAnswer_SaysWhyItIsNotDefined()
    {
        var verdict = OfSeveral(Views.Run("1", "bare", null) with { Scored = 0, Positives = 0 });
        Assert.Equal("Average precision is not defined for any label.", verdict.Headline);
        Assert.Equal("There are no answers to labelled samples yet.", verdict.Proof);
    }

    [Fact]
    public void Verdict_OfSeveralLabelsRankedAlike_NamesNoLeader()
    {
        var verdict = OfSeveral(Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.7, 0.9, 0.71));
        Assert.Equal("“bare” and “rich” rank alike.", verdict.Headline);
        Assert.Equal("Macro average precision over 2 labels: 0.700 each.", verdict.Proof);
        Assert.Contains("For de “bare” and “rich” rank alike (0.900).", verdict.Details);
        Assert.Null(verdict.Leader);
    }

    private static CompareVerdict OfSeveral(params ComparedRun[] runs)
    {
        var view = Views.Several(runs);
        return CompareVerdict.Of(view, CompareSeries.Rows(view));
    }

    private static CompareVerdict Of(params ComparedRun[] runs)
    {
        var view = Views.View(runs);
        return CompareVerdict.Of(view, CompareSeries.Rows(view));
    }
}
