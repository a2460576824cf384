using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Tests.Outliers;

public sealed class OutliersVerdictTests
{
    [Fact]
    public void Verdict_OfTwoRuns_SaysHowManyAreInBothAndWhatThatMeans()
    {
        var verdict = Of(OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict));
        Assert.Equal("50 samples a run lie above the 95 % quantile; 2 are in both.", verdict.Headline);
        Assert.Equal("The two runs are unsure of different samples: 71 of the 96 that only one finds hard lie on the easy side of the other\u2019s median. Chance alone would put 2.5 in both.", verdict.Details[0]);
        Assert.Equal("On 34 of the 98 the runs predict different labels.", verdict.Details[1]);
    }

    [Theory]
    [InlineData(40, "The two runs are unsure of much the same samples.")]
    [InlineData(20, "The two runs are unsure of partly the same samples.")]
    public void Verdict_OfRunsThatShareTheirTails_SaysSo(int every, string sentence)
    {
        var view = OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict);
        Assert.StartsWith(sentence, Of(view with { Counts = view.Counts with { Any = 100 - every, Every = every } }).Details[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_OfOneRun_HoldsItsErrorsAgainstTheRest()
    {
        var verdict = Of(OutlierViews.View(OutlierViews.Plain));
        Assert.Equal("50 of 1,000 samples lie above the 95 % quantile of predictive entropy.", verdict.Headline);
        Assert.Equal("20 of them (40.0 %) are predicted wrongly, against 10.0 % of the rest.", verdict.Details[0]);
    }

    [Fact]
    public void Verdict_ByMargin_LooksAtTheLowEnd()
    {
        var view = OutlierViews.View(OutlierViews.Plain);
        Assert.Equal("50 of 1,000 samples lie below the 5 % quantile of log margin.", Of(view with { Request = view.Request with { By = OutlierOrder.Margin } }).Headline);
    }

    [Fact]
    public void Verdict_OfRunsOverDifferentSamples_SaysWhatIsCompared()
    {
        var view = OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict with { Answered = 80, Beyond = 4, Defined = 80 });
        var verdict = Of(view with { Pool = 80 });
        Assert.Contains("Compared over the 80 samples that every run answered: plain answered 1,000, strict answered 80.", verdict.Details);
        Assert.Equal("50 samples of plain and 4 of strict lie above the 95 % quantile; 2 are in both.", verdict.Headline);
    }

    [Fact]
    public void Verdict_WhereASampleHasNoSignal_SaysHowMany() =>
        Assert.Contains("Without predictive entropy, and so beyond no cut: 3 of plain.", Of(OutlierViews.View(OutlierViews.Plain with { Defined = 997 })).Details);

    [Theory]
    [InlineData("spam", "ham", false, null, "20 spam samples were predicted ham by plain v1.")]
    [InlineData("spam", null, true, null, "20 spam samples could not be scored by plain v1: no label could be read from the answer.")]
    [InlineData(null, null, false, OutlierOutcome.Missed, "20 spam samples are missed by plain v1 at log odds 7.08 (probability 0.9992).")]
    [InlineData(null, null, false, OutlierOutcome.Flagged, "20 ham samples are flagged as spam by plain v1 at log odds 7.08 (probability 0.9992).")]
    [InlineData(null, null, false, OutlierOutcome.Passed, "20 ham samples pass plain v1 as not spam at log odds 7.08 (probability 0.9992).")]
    public void Verdict_OfACell_SaysWhatItIs(string? label, string? predicted, bool unscorable, OutlierOutcome? outcome, string sentence)
    {
        var view = OutlierViews.View(OutlierViews.Plain);
        var cell = new OutlierCell(label, predicted, unscorable, outcome is null ? null : "spam", outcome is null ? null : 7.08, outcome);
        Assert.Equal(sentence, Of(view with { Request = view.Request with { Cell = cell }, Counts = view.Counts with { Cell = 20 } }).Headline);
    }

    [Theory]
    [InlineData(PointJudging.Holdout, OutlierOutcome.Missed, "1 held-out spam sample is missed by plain v1 at the threshold that the other samples chose (highest F1).", "spam on the held-out part, highest F1: missed")]
    [InlineData(PointJudging.Folds, OutlierOutcome.Flagged, "1 ham sample is flagged as spam by plain v1, each at the threshold that the other folds chose (highest F1).", "spam over five folds, highest F1: flagged")]
    [InlineData(PointJudging.Same, OutlierOutcome.Passed, "1 ham sample passes plain v1 as not spam at the threshold that the rule chose (highest F1).", "spam, highest F1: passed")]
    [InlineData(PointJudging.Holdout, OutlierOutcome.UnscorableNegative, "1 held-out ham sample could not be scored by plain v1: no label could be read from the answer.", "spam on the held-out part, highest F1: ham unscorable")]
    public void Verdict_OfACellThatARuleMade_SaysWhatChoseTheThreshold(PointJudging judging, OutlierOutcome outcome, string sentence, string chip)
    {
        var view = OutlierViews.View(OutlierViews.Plain);
        view = view with { Request = view.Request with { Cell = new OutlierCell(Outcome: outcome, Choice: new CellChoice("maxF1", judging)) }, Counts = view.Counts with { Cell = 1 } };
        Assert.Equal((sentence, chip), (Of(view).Headline, CellWords.Short(view)));
    }

    private static OutliersVerdict Of(OutliersView view) => OutliersVerdict.Of(view, OutlierLook.Of(view));
}
