using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareSeriesTests
{
    [Fact]
    public void Chart_OfTwoRuns_CarriesEachPointWithItsExactThreshold()
    {
        var view = Views.View(Views.Plain, Views.Strict);
        var chart = CompareSeries.Chart(view, CompareSeries.Rows(view));
        Assert.Equal(["plain v1", "strict v1"], chart.Series.Select(series => series.Name));
        Assert.All(chart.Series, series => Assert.Equal(ChartLine.StepBefore, series.Line));
        Assert.Equal(["none flagged", "–", "1.0000", "0.0000"], chart.Series[0].Points[0].Values);
        Assert.Equal(["9.5", "0.9999252", "0.9000", "0.5000"], chart.Series[0].Points[1].Values);
        Assert.Equal(["−3", "0.0474", "0.1520", "1.0000"], chart.Series[0].Points[3].Values);
    }

    [Fact]
    public void Chart_OfTwoRuns_MarksArgmaxHollowAndChosenFull()
    {
        var view = Views.View(Views.Plain);
        var chart = CompareSeries.Chart(view, CompareSeries.Rows(view));
        Assert.Equal([false, true], chart.Marks.Select(mark => mark.Full));
        Assert.Equal(132.0 / 152, chart.Marks[1].X);
        Assert.Equal(132.0 / 152, chart.Marks[1].Y);
    }

    [Fact]
    public void Chart_OfRunsWithTheSameShareOfPositives_DrawsOneDottedLine()
    {
        var view = Views.View(Views.Plain, Views.Strict);
        var chart = CompareSeries.Chart(view, CompareSeries.Rows(view));
        Assert.Equal(0.152, Assert.Single(chart.References).Y);
        Assert.Contains(chart.Notes, note => note.Text == "share of spam, 0.152");
    }

    [Fact]
    public void Guides_HaveTheF1TheyName()
    {
        var view = Views.View(Views.Plain);
        var guide = CompareSeries.Chart(view, CompareSeries.Rows(view)).Guides.Single(guide => guide.Label == "F1 0.6");
        Assert.All(guide.Points, point => Assert.Equal(0.6, 2 * point.X * point.Y / (point.X + point.Y), 1e-9));
        Assert.Equal(1, guide.Points[0].Y, 1e-9);
        Assert.Equal(1, guide.Points[^1].X, 1e-9);
    }

    [Fact]
    public void Rows_OfRunsWithoutACurve_DrawNothingAndStayInTheTable()
    {
        var view = Views.View(Views.Run("1", "a", null) with { Curve = [] });
        var rows = CompareSeries.Rows(view);
        Assert.Single(rows);
        Assert.Empty(CompareSeries.Chart(view, rows).Series);
    }

    [Fact]
    public void Names_OfTheSameVariant_ShowTheVersionOrTheRun()
    {
        var first = Views.Run("1", "plain", 0.9);
        Assert.Equal(["plain v1", "plain v2"], RunNames.Of([first, first with { RunId = "2", VariantVersion = 2 }]).Select(name => name.Short));
        Assert.Equal(["first", "second"], RunNames.Of([first with { Name = "first" }, first with { RunId = "2", Name = "second" }]).Select(name => name.Full));
        Assert.Equal(["plain on llama3 #1", "plain on llama3 #2"], RunNames.Of([first, first with { RunId = "2" }]).Select(name => name.Full));
    }

    [Fact]
    public void ConfusionCells_OfTwoLabels_SpeakOfBoth()
    {
        var cells = ConfusionWords.Of(Views.Point(1, 132, 20, 828, 18, unscorable: 2), "spam", ["ham", "spam"]);
        Assert.Equal(["spam caught", "spam missed", "ham flagged", "ham passed", "without a readable answer, counted as wrong"], cells.Select(cell => cell.Words));
        Assert.Equal([132, 18, 20, 828, 2], cells.Select(cell => cell.Count));
        Assert.Equal(1, cells.Sum(cell => cell.Share), 1e-12);
    }
}
