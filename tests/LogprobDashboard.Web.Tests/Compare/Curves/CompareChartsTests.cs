using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Tests.Compare.Curves;

public sealed class CompareChartsTests
{
    private static readonly string[] Both = ["plain v1", "strict v1"];

    public static TheoryData<CompareChart> Kinds => [.. Enum.GetValues<CompareChart>()];

    [Fact]
    public void PrecisionRecall_OfTwoRuns_CarriesEachPointWithItsExactThreshold()
    {
        var chart = CurveScreens.Picture(CompareState.Default).Whole;
        Assert.Equal(Both, chart.Series.Select(series => series.Name));
        Assert.All(chart.Series, series => Assert.Equal(ChartLine.StepBefore, series.Line));
        Assert.Equal(["none flagged", "–", "1.0000", "0.0000"], chart.Series[0].Points[0].Values);
        Assert.Equal(["9.5", "0.9999252", "0.9000", "0.5000"], chart.Series[0].Points[1].Values);
        Assert.Equal(["−3", "0.0474", "0.1520", "1.0000"], chart.Series[0].Points[3].Values);
        Assert.Equal([null, 9.5, 0.25, -3], chart.Series[0].Points.Select(point => point.Key));
    }

    [Fact]
    public void PrecisionRecall_MarksArgmaxHollowAndChosenFullAndMovable()
    {
        var marks = CurveScreens.Picture(CompareState.Default, Views.View(Views.Plain)).Whole.Marks;
        Assert.Equal([false, true], marks.Select(mark => mark.Full));
        Assert.Equal((132.0 / 152, 132.0 / 152), (marks[1].X, marks[1].Y));
        Assert.Equal([null, "1"], marks.Select(mark => mark.Handle));
        var none = Views.Plain with { Chosen = Views.Point(null, 0, 0, 848, 152) with { Precision = 1 } };
        Assert.Null(CurveScreens.Picture(CompareState.Default, Views.View(none)).Whole.Marks[1].Handle);
    }

    [Fact]
    public void PrecisionRecall_OfRunsWithTheSameShareOfPositives_DrawsOneDottedLine()
    {
        var chart = CurveScreens.Picture(CompareState.Default).Whole;
        Assert.Equal(0.152, Assert.Single(chart.References).Y);
        Assert.Contains(chart.Notes, note => note.Text == "share of spam, 0.152");
    }

    [Fact]
    public void EqualF1_IsDrawnOnRequestAndHasTheF1ItNames()
    {
        Assert.Empty(CurveScreens.Picture(CompareState.Default).Whole.Guides);
        var guide = CurveScreens.Picture(CompareState.Default with { EqualF1 = true }).Whole.Guides.Single(guide => guide.Label == "F1 0.6");
        Assert.All(guide.Points, point => Assert.Equal(0.6, 2 * point.X * point.Y / (point.X + point.Y), 1e-9));
        Assert.Equal((1, 1), (Math.Round(guide.Points[0].Y, 9), Math.Round(guide.Points[^1].X, 9)));
    }

    [Fact]
    public void Zoomed_PrecisionRecall_TakesTheCloserPoints()
    {
        var closer = new ComparedCurves { PrecisionRecall = [new("1", [new CurvePoint(9, 0.91, 0.49), new CurvePoint(8.5, 0.9, 0.5)])] };
        var state = CompareState.Default with { Zoom = new CompareZoom(0.4, 0.6, 0.8, 1) };
        var chart = CurveScreens.Picture(state, Views.View(Views.Plain), closer).Whole;
        Assert.Equal([0.49, 0.5], chart.Series[0].Points.Select(point => point.X));
        Assert.Equal((0.4, 0.6, 0.8, 1), (chart.X.Min, chart.X.Max, chart.Y.Min, chart.Y.Max));
        Assert.Equal((ComparedCurve.PrecisionRecall, new CurveSpan(0.4, 0.6)), (CompareCharts.RequestOf(state)!.Curve, CompareCharts.RequestOf(state)!.Span));
        Assert.Null(CompareCharts.RequestOf(CompareState.Default));
    }

    [Fact]
    public void Roc_HasTheDiagonalAndItsOwnMarks()
    {
        var chart = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Roc }).Whole;
        Assert.Equal([(0.0, 0.0), (1.0, 1.0)], Assert.Single(chart.Guides).Points);
        Assert.Equal([(0.35, 0.98), (0.02, 0.87)], chart.Marks.Take(2).Select(mark => (mark.X, mark.Y)));
        Assert.Equal(["9.5", "0.9999252", "0.5000", "0.0100"], chart.Series[0].Points[1].Values);
        Assert.All(chart.Series, series => Assert.Equal(ChartLine.Straight, series.Line));
        Assert.Contains("plain v1 0.976, strict v1 0.954", chart.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Reliability_DrawsCountsAsAreas()
    {
        var chart = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Reliability }).Whole;
        var dots = chart.Series.SelectMany(series => series.Points).Select(point => point.Dot!.Value).ToList();
        Assert.Equal(9, Math.Pow(dots[0] / dots[1], 2), 1e-9);
        Assert.Equal(["0.2000", "0.1000", "900", "< 0.0001 to 0.500"], chart.Series[0].Points[0].Values);
        Assert.Contains("equal mass", chart.Description, StringComparison.Ordinal);
        Assert.Contains("equal width", CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Reliability, EqualWidth = true }).Whole.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void RiskCoverage_SaysTheEntropyOfEachPoint()
    {
        var chart = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.RiskCoverage }).Whole;
        Assert.Equal(["0.1000 nats", "0.5000", "0.0200"], chart.Series[0].Points[0].Values);
        Assert.Equal("unscorable too", chart.Series[1].Points[1].Values[0]);
        Assert.InRange(chart.Y.Max, 0.13, 0.2);
        var byMargin = CompareState.Default with { Chart = CompareChart.RiskCoverage, ByMargin = true };
        Assert.Equal(("Log margin at least", "−0.1000 nats"), (CurveScreens.Picture(byMargin).Whole.Columns[0], CurveScreens.Picture(byMargin).Whole.Series[0].Points[0].Values[0]));
        Assert.True(CompareCharts.RequestOf(byMargin)!.Choice.ByMargin);
    }

    [Theory]
    [InlineData(null, 1.0, 0.4)] // the second run's last point is that of its unscorable samples
    [InlineData(0.6, 1.0, 0.4)]
    [InlineData(0.3, 0.5, 0.4)]
    [InlineData(0.1, 0.5, null)]
    public void RiskCoverage_MarksWhereAnEntropyLimitEndsTheAnswers(double? most, double? first, double? second)
    {
        var marks = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.RiskCoverage, Abstain = most }).Whole.Marks;
        Assert.Equal(new[] { first, second }.OfType<double>(), marks.Select(mark => mark.X));
        Assert.All(marks, mark => Assert.True(mark is { Full: true, Handle: "1" or "2" }));
        Assert.Empty(CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.RiskCoverage, Abstain = most, ByMargin = true }).Whole.Marks);
    }

    [Fact]
    public void Scores_OfSeveralRuns_StandSideBySideInTheSameBinsAndLabelColours()
    {
        var picture = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Scores });
        Assert.True(picture.IsDivided);
        Assert.False(picture.HasLayouts);
        Assert.Equal(Both, picture.Multiples.Select(multiple => multiple.Name));
        Assert.All(picture.Multiples, multiple => Assert.Equal(["ham", "spam"], multiple.Chart.Series.Select(series => series.Name)));
        Assert.All(picture.Multiples, multiple => Assert.Equal((picture.Whole.X, picture.Whole.Y), (multiple.Chart.X, multiple.Chart.Y)));
        Assert.Equal(["var(--label-1)", "var(--label-2)"], picture.Multiples[0].Chart.Series.Select(series => series.Color));
        Assert.Equal(["0 to 1", "0.500 to 0.731", "50", "0.3289"], picture.Multiples[0].Chart.Series[1].Points[1].Values);
        Assert.Equal(50.0 / 152, picture.Multiples[0].Chart.Series[1].Points[1].Y, 1e-12);
        Assert.Equal(["plain v1", "strict v1", "spam", "ham"], picture.Whole.Legend.Select(entry => entry.Name));
    }

    [Fact]
    public void Scores_OfOneRun_AreOneChart()
    {
        var picture = CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Scores }, Views.View(Views.Plain));
        Assert.False(picture.IsDivided);
        Assert.Equal([0, Views.Plain.Chosen!.Threshold!.Value], picture.Whole.Uprights.Select(upright => upright.X));
        Assert.Equal([null, "1"], picture.Whole.Uprights.Select(upright => upright.Handle));
    }

    [Fact]
    public void Thresholds_OfSeveralRuns_AreAChartAMetricOrAChartARun()
    {
        var state = CompareState.Default with { Chart = CompareChart.Thresholds };
        var metrics = CurveScreens.Picture(state);
        Assert.True(metrics is { IsDivided: true, HasLayouts: true });
        Assert.Equal(["Precision", "Recall", "F1"], metrics.Multiples.Select(multiple => multiple.Name));
        Assert.All(metrics.Multiples, multiple => Assert.Equal(Both, multiple.Chart.Series.Select(series => series.Name)));
        Assert.Equal([0, 0, 1], CurveScreens.Picture(state with { Bands = true }).Multiples.Select(multiple => multiple.Chart.Bands.Count));
        Assert.Equal([0.264, 0.571, 0.643], metrics.Multiples[2].Chart.Series[0].Points.Select(point => point.Y));
        var runs = CurveScreens.Picture(state with { Layout = CompareLayout.Multiples });
        Assert.Equal(Both, runs.Multiples.Select(multiple => multiple.Name));
        Assert.Equal(["Precision", "Recall", "F1"], runs.Multiples[0].Chart.Series.Select(series => series.Name));
        Assert.Equal(3, runs.Multiples[0].Chart.Series.Select(series => series.Dash).Distinct().Count());
        Assert.Equal(["Log odds", "Probability", "Precision", "Recall", "F1"], metrics.Whole.Columns);
    }

    [Fact]
    public void Thresholds_InCommon_AreOneUprightForAll_ElseOneARun()
    {
        var state = CompareState.Default with { Chart = CompareChart.Thresholds };
        Assert.Equal(["1", "2"], CurveScreens.Picture(state).Multiples[0].Chart.Uprights.Select(upright => upright.Handle));
        Assert.True(CurveScreens.Picture(state).Multiples[0].Chart.LinksHandles);
        var common = Assert.Single(CurveScreens.Picture(state.WithThreshold(1.5)).Multiples[0].Chart.Uprights);
        Assert.Equal((1.5, ""), (common.X, common.Handle));
        var own = CurveScreens.Picture(state.WithThresholdOf("1", 2));
        Assert.False(own.Whole.LinksHandles);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKind_IsNamedAndToldAndHasATableOfWhatItDraws(CompareChart kind)
    {
        var picture = CurveScreens.Picture(CompareState.Default with { Chart = kind });
        foreach (var chart in picture.Multiples.Select(multiple => multiple.Chart).Append(picture.Whole))
        {
            Assert.All([chart.Title, chart.Description, chart.X.Title, chart.Y.Title], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.All(chart.Series.SelectMany(series => series.Points), point => Assert.Equal(chart.Columns.Count, point.Values.Count));
            Assert.All(chart.Series, series => Assert.Equal(series.Points.Select(point => point.X).Order(), series.Points.Select(point => point.X)));
            Assert.DoesNotContain(chart.Series.SelectMany(series => series.Points), point => !double.IsFinite(point.X) || !double.IsFinite(point.Y));
        }

        Assert.Equal(picture.Multiples.Count, picture.Multiples.Select(multiple => multiple.Chart.Title).Distinct().Count());
        Assert.True(picture.HasCurves);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ARunThatIsOff_IsNotDrawnAndStaysInTheLegend_AndNothingElseMoves(CompareChart kind)
    {
        var state = CompareState.Default with { Chart = kind };
        var (all, one) = (CurveScreens.Picture(state), CurveScreens.Picture(state with { Hidden = ["1"] }));
        Assert.DoesNotContain(one.Whole.Series, series => series.Id == "1");
        Assert.Equal([true, false], one.Whole.Legend.Where(entry => entry.Id.Length > 0).Select(entry => entry.IsOff));
        Assert.Equal((all.Whole.X, all.Whole.Y), (one.Whole.X, one.Whole.Y));
        Assert.Equal(all.Whole.Legend.Select(entry => (entry.Name, entry.Color)), one.Whole.Legend.Select(entry => (entry.Name, entry.Color)));
        var none = CurveScreens.Picture(state with { Hidden = ["1", "2"] });
        Assert.Empty(none.Whole.Series);
        Assert.True(none is { HasCurves: true, IsDivided: false });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKind_WithoutAnyCurve_HasNothingToDraw(CompareChart kind) =>
        Assert.False(CurveScreens.Picture(CompareState.Default with { Chart = kind }, Views.View(Views.Run("1", "a", null) with { Curve = [] }), new ComparedCurves()).HasCurves);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bands_AreDrawnInTheRunsColoursAndNoted_OrRefusedWithAReason(CompareChart kind)
    {
        var state = CompareState.Default with { Chart = kind, Bands = true };
        var picture = CurveScreens.Picture(state);
        var bands = picture.Multiples.SelectMany(multiple => multiple.Chart.Bands).Concat(picture.Whole.Bands).ToList();
        if (kind == CompareChart.Scores)
        {
            Assert.Empty(bands);
            Assert.Null(CompareCharts.BandsOf(state));
            Assert.Contains(picture.Whole.Notes, note => note.Text.Contains("no band", StringComparison.Ordinal));
            return;
        }

        Assert.Contains(bands, band => band.Color == "var(--run-1)");
        Assert.Contains(picture.Whole.Notes, note => note.Text == "pointwise 95 % band, 1,000 resamples, seed 7");
        Assert.Equal(kind.ToString(), CompareCharts.BandsOf(state)!.Curve.ToString());
    }

    [Fact]
    public void Bands_ThatAreNotThereYet_SayWhy()
    {
        var view = Views.View(Views.Plain);
        var chart = CompareCharts.Of(view, CompareSeries.Rows(view), CompareState.Default with { Bands = true }, new ComparedCurves(), "the band is being worked out").Whole;
        Assert.Contains(chart.Notes, note => note.Text == "the band is being worked out");
    }

    [Fact]
    public void Multiples_AreTheSameSeriesOnTheSameAxesInTheSameOrder_WithoutRunsThatHaveNoCurve()
    {
        var picture = CurveScreens.Picture(CompareState.Default.WithLayout(CompareLayout.Multiples), Views.View(Views.Run("9", "fresh", null) with { Curve = [] }, Views.Plain, Views.Strict));
        Assert.True(picture.IsDivided);
        Assert.Equal(Both, picture.Multiples.Select(multiple => multiple.Name));
        Assert.Equal(["AP 0.929", "AP 0.745"], picture.Multiples.Select(multiple => multiple.Figure));
        Assert.Equal(picture.Whole.Series.Select(series => series.Color), picture.Multiples.Select(multiple => Assert.Single(multiple.Chart.Series).Color));
        Assert.Equal(picture.Whole.Marks, picture.Multiples.SelectMany(multiple => multiple.Chart.Marks));
        Assert.Equal("Precision and recall, strict v1", picture.Multiples[1].Chart.Title);
    }

    [Fact]
    public void PickedAt_APoint_IsItsRunsThreshold()
    {
        var chart = CurveScreens.Picture(CompareState.Default, Views.View(Views.Run("9", "fresh", null) with { Curve = [] }, Views.Plain)).Whole;
        Assert.Equal(new ThresholdDrag(Views.Plain.RunId, 9.5, Ended: true), CompareCharts.PickedAt(chart, new ChartHit(0, 1)));
        Assert.Null(CompareCharts.PickedAt(chart, new ChartHit(0, 0)));
        Assert.Null(CompareCharts.PickedAt(chart, new ChartHit(1, 0)));
        Assert.Null(CompareCharts.PickedAt(chart, new ChartHit(0, 99)));
        Assert.Null(CompareCharts.PickedAt(CurveScreens.Picture(CompareState.Default with { Chart = CompareChart.Reliability }).Whole, new ChartHit(0, 0)));
    }
}
