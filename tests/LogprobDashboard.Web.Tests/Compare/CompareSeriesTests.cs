using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareSeriesTests
{
    [Fact]
    public void Names_OfTheSameVariant_ShowTheVersionOrTheRun()
    {
        var first = Views.Run("1", "plain", 0.9);
        Assert.Equal(["plain v1", "plain v2"], RunNames.Of([first, first with { RunId = "2", VariantVersion = 2 }]).Select(name => name.Short));
        Assert.Equal(["first", "second"], RunNames.Of([first with { Name = "first" }, first with { RunId = "2", Name = "second" }]).Select(name => name.Full));
        Assert.Equal(["plain on llama3 #1", "plain on llama3 #2"], RunNames.Of([first, first with { RunId = "2" }]).Select(name => name.Full));
    }

    [Fact]
    public void Screen_OfAViewThatLooksTheSame_KeepsItsCharts()
    {
        var view = Views.View(Views.Plain, Views.Strict);
        var first = CompareScreen.Of(Views.Experiment, view);
        var again = CompareScreen.Of(Views.Experiment, view with { Runs = [Views.Plain with { Curve = [.. Views.Plain.Curve], Failed = 3 }, Views.Strict] }, first);
        Assert.Same(first.Chart, again.Chart);
        Assert.Same(first.Multiples, again.Multiples);
        Assert.Equal(3, again.Rows[0].Run.Failed);
    }

    [Fact]
    public void Screen_OfAViewThatLooksDifferent_DrawsAnew()
    {
        var first = CompareScreen.Of(Views.Experiment, Views.View(Views.Plain));
        foreach (var changed in new[] { Views.Plain with { Curve = [.. Views.Plain.Curve.Skip(1)] }, Views.Plain with { Chosen = Views.Point(6, 133, 22, 826, 19) }, Views.Plain with { VariantName = "other" } })
            Assert.NotSame(first.Chart, CompareScreen.Of(Views.Experiment, Views.View(changed), first).Chart);
        Assert.NotSame(first.Chart, CompareScreen.Of(Views.Experiment, Views.View(Views.Plain) with { PositiveLabel = "ham" }, first).Chart);
    }

    [Fact]
    public void ConfusionCells_OfTwoLabels_SpeakOfBothAndOpenTheirSamples()
    {
        var cells = ConfusionWords.Of(Views.View(), Views.Run("7", "plain", 0.9), Views.Point(1.5, 132, 0, 828, 18, unscorable: 2) with { UnscorablePositives = 2 });
        Assert.Equal(["spam caught", "spam missed", "ham flagged", "ham passed", "spam without a readable answer", "ham without a readable answer"], cells.Select(cell => cell.Words));
        Assert.Equal([132, 18, 0, 828, 2, 0], cells.Select(cell => cell.Count));
        Assert.Equal(1, cells.Sum(cell => cell.Share), 1e-12);
        Assert.Equal(
            [
                "/experiments/e1/outliers?runs=7&positive=spam&threshold=1.5&outcome=caught",
                "/experiments/e1/outliers?runs=7&positive=spam&threshold=1.5&outcome=missed",
                null,
                "/experiments/e1/outliers?runs=7&positive=spam&threshold=1.5&outcome=passed",
                "/experiments/e1/outliers?runs=7&positive=spam&threshold=1.5&outcome=unscorablepositive",
                null,
            ],
            cells.Select(cell => cell.Address));
    }

    [Fact]
    public void ConfusionCells_WhereNoneIsFlagged_AreOpenedByTheRule()
    {
        var (none, run) = (Views.Point(null, 0, 0, 848, 152) with { Precision = null }, Views.Run("7", "plain", 0.9));
        Assert.Equal(
            [null, "/experiments/e1/outliers?runs=7&positive=spam&rule=maxF1&outcome=missed", null, "/experiments/e1/outliers?runs=7&positive=spam&rule=maxF1&outcome=passed"],
            ConfusionWords.Of(Views.View(), run, none).Select(cell => cell.Address));
        Assert.All(ConfusionWords.Of(Views.View() with { Judging = PointJudging.Folds }, run, none, isMoved: true), cell => Assert.Null(cell.Address)); // a part chose that
    }

    [Fact]
    public void ConfusionCells_JudgedOnSamplesThatDidNotChoose_AreOpenedByHowTheyAreJudgedUntilAHandMovesTheThreshold()
    {
        var view = Views.View() with { Judging = PointJudging.Holdout, Holdout = 0.3, Seed = 4, Scope = new("lang", "de") };
        var run = Views.Plain with { Validated = new ValidatedPoint(Views.Point(null, 60, 9, 400, 11), 480, 1, 7, 7) };
        Assert.Equal("/experiments/e1/outliers?runs=1&positive=spam&rule=maxF1&judging=holdout&holdout=0.3&seed=4&outcome=missed&column=lang&slice=de", ConfusionWords.Of(view, run, run.Judged!)[1].Address);
        Assert.Equal("/experiments/e1/outliers?runs=1&positive=spam&threshold=2&outcome=missed&column=lang&slice=de", ConfusionWords.Of(view, run, Views.Point(2, 60, 9, 400, 11), isMoved: true)[1].Address);
    }

    [Fact]
    public void ConfusionRow_OfSeveralLabels_LeadsToTheSamplesOfEachCell()
    {
        var run = Views.Language("3", "bare", 0.7, 0.6, 0.6);
        var cells = ConfusionWords.Row(Views.Several(run), "3", run.Confusion!, truth: 1);
        Assert.Equal(["en taken for de", "en recognised", "en taken for fr", "en unscorable"], cells.Select(cell => cell.Words));
        Assert.Equal([CellAddress.Of(Views.View(), "3", new("en", "de")), CellAddress.Of(Views.View(), "3", new("en", "en")), null, CellAddress.Of(Views.View(), "3", new("en", Unscorable: true))], cells.Select(cell => cell.Address));
        Assert.Equal([0.15, 0.75, 0, 0.1], cells.Select(cell => cell.Share));
        Assert.Equal([false, true, false, false], cells.Select(cell => cell.Right));
    }

    [Fact]
    public void ConfusionOfManyLabels_IsToldByItsLargestCells()
    {
        var run = Views.Language("3", "bare", 0.7, 0.6, 0.6);
        Assert.Equal(["en taken for de", "de taken for en"], ConfusionWords.MostFrequent(Views.Several(run), "3", run.Confusion!, 2).Select(cell => cell.Words));
    }
}
