using Bunit;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Web.Tests.Compare.Calibration;

public sealed class CalibrationDetailTests : BunitContext
{
    private static readonly CalibrationBin[] Bins = [new(900, 0.2, 0.1, 0, 0.5), new(100, 0.9, 0.95, 0.5, 1)];
    private static readonly CalibrationBin[] CalibratedBins = [new(900, 0.125, 0.1, 0, 0.5), new(100, 0.925, 0.95, 0.5, 1)];

    private static readonly ComparedCalibration Calibration = new(false, 0.1, 7,
    [
        new(
            "1",
            1000,
            3,
            [Figures(Calibrator.None, 0.4, null), Figures(Calibrator.Temperature, 0.05, new(Temperature: 4.25)), Figures(Calibrator.Platt, 0.03, new(Slope: 0.25, Intercept: -1.5))],
            new ConformalFigures(0.125, 500, 500, 460, 0.92, new(0.89, 0.94), 1.25, [5, 365, 130]),
            new SelectiveFigures(new(0.04, 0.02), new(0.04, 0.02), 0.3, 0.5, 0.75, 0.125)),
        new("2", 0, 0, [], null, null),
    ]);

    private readonly List<CompareState> _asked = [];

    public CalibrationDetailTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Table_OfCalibrators_ShowsFiguresAndMarksTheBest()
    {
        var rows = Detail(CompareState.Default).FindAll("table.calibration tbody tr");
        Assert.Equal(["as it is", "temperature", "Platt"], rows.Select(row => row.QuerySelector("td")!.TextContent));
        Assert.Equal(["0.400", "0.050", "0.030"], rows.Select(row => row.QuerySelectorAll("td")[1].TextContent));
        Assert.Equal(["", "", "best"], rows.Select(row => row.QuerySelectorAll("td")[1].ClassName ?? ""));
        Assert.Equal(["", "T = 4.250", "slope 0.250, intercept −1.500"], rows.Select(row => row.QuerySelectorAll("td")[^1].TextContent));
        Assert.Equal("p = 1 / (1 + exp(-(0.25 s + −1.5))), s in log odds", rows[2].QuerySelectorAll("td")[^1].GetAttribute("title"));
        Assert.Contains("1,000 scored, 3 unscorable", rows[0].QuerySelector("th")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagram_OfARun_IsBeforeAndAfterTheChosenCalibrator()
    {
        var chart = Detail(CompareState.Default with { Calibrator = Calibrator.Platt }).FindComponent<ApexChart>().Instance.Definition;
        Assert.Equal(["as it is", "after Platt"], chart.Series.Select(series => series.Name));
        Assert.Equal([(0.2, 0.1), (0.9, 0.95)], chart.Series[0].Points.Select(point => (point.X, point.Y)));
        Assert.Equal([(0.125, 0.1), (0.925, 0.95)], chart.Series[1].Points.Select(point => (point.X, point.Y)));
        Assert.Equal("900", chart.Series[0].Points[0].Values[2]);
        var alone = Detail(CompareState.Default with { Calibrator = Calibrator.None }).FindComponent<ApexChart>().Instance.Definition;
        Assert.Equal(["as it is"], alone.Series.Select(series => series.Name));
    }

    [Fact]
    public void Calibrators_AreLinks_AndBatchOnlyOfSeveralLabels()
    {
        Assert.Equal(["Temperature", "Platt", "As it is"], Names(Detail(CompareState.Default)));
        Assert.Equal(["Temperature", "Platt", "Batch", "As it is"], CalibrationWords.Offered(Calibration, 3).Select(offer => offer.Text));
        Assert.Equal(["Temperature", "Batch", "As it is"], CalibrationWords.Offered(Calibration with { IsTopLabel = true }, 3).Select(offer => offer.Text));
        Assert.Equal("?calibrator=platt", Detail(CompareState.Default).FindAll("nav[aria-label=Calibrator] a")[1].GetAttribute("href"));

        static IEnumerable<string> Names(IRenderedComponent<CalibrationDetail> detail) => detail.FindAll("nav[aria-label=Calibrator] a").Select(link => link.TextContent);
    }

    [Fact]
    public void Calibrator_ThatNoRunHas_FallsBackAndSaysSo()
    {
        var detail = Detail(CompareState.Default with { Calibrator = Calibrator.Batch });
        Assert.Contains("Batch cannot be fitted", detail.Find(".card-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", detail.FindAll("nav[aria-label=Calibrator] a")[2].GetAttribute("aria-current"));
    }

    [Fact]
    public void ConformalTable_ShowsCoverageAndSizes()
    {
        var rows = Detail(CompareState.Default).FindAll("[aria-label='Table of conformal sets'] tbody tr");
        Assert.Equal(["0.125", "92.0 %89.0 % – 94.0 %", "1.25", "1.0 %", "73.0 %", "26.0 %", "500, 500"], rows[0].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal("Too few scored samples to split.", rows[1].QuerySelector("td")!.TextContent);
    }

    [Fact]
    public void SelectiveTable_WithALimit_ShowsWhatItLetsThrough()
    {
        var cells = Detail(CompareState.Default).FindAll("[aria-label='Table of selective prediction'] tbody td").Select(cell => cell.TextContent);
        Assert.Equal(["0.040", "0.020", "0.300", "75.0 %", "0.125"], cells);
    }

    [Theory]
    [InlineData("5", 0.05)]
    [InlineData("0.1", 0.001)]
    [InlineData("0", null)]
    [InlineData("100", null)]
    [InlineData("ten", null)]
    public void ErrorRate_Typed_IsAskedForOrRefusedInWords(string typed, double? rate)
    {
        var detail = Detail(CompareState.Default);
        detail.Find("#conformal-error").Change(typed);
        Assert.Equal(rate, _asked.SingleOrDefault()?.Error);
        Assert.Equal(rate is null, detail.Find("#conformal-problem").TextContent.Contains("Give a percentage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.35", 0.35, true)]
    [InlineData("", null, true)]
    [InlineData("-1", null, false)]
    [InlineData("much", null, false)]
    public void EntropyLimit_Typed_IsAskedForOrRefusedInWords(string typed, double? most, bool isAsked)
    {
        var detail = Detail(CompareState.Default with { Abstain = 0.5 });
        detail.Find("#abstain-detail").Change(typed);
        Assert.Equal(isAsked, _asked.Count == 1);
        Assert.Equal(most, _asked.SingleOrDefault()?.Abstain);
        Assert.Equal(!isAsked, detail.Find("#abstain-detail-problem").TextContent.Contains("Give nats from 0 to 0.693", StringComparison.Ordinal));
    }

    [Fact]
    public void Detail_InADocument_HasPicturesAndNoControls()
    {
        var detail = Detail(CompareState.Default, isReadOnly: true);
        Assert.Empty(detail.FindAll("a, input, select, button"));
        Assert.Single(detail.FindAll(".still-chart"));
    }

    private static CalibratedFigures Figures(Calibrator calibrator, double error, CalibratorFit? fit) =>
        new(calibrator, calibrator == Calibrator.None ? Bins : CalibratedBins, error, 2 * error, 0.3 + error, 0.1 + error, new BrierParts(0.02, 0.05, 0.13, 0.001), 0.7, fit);

    private IRenderedComponent<CalibrationDetail> Detail(CompareState state, bool isReadOnly = false)
    {
        var view = Views.View(Views.Plain, Views.Strict);
        return Render<CalibrationDetail>(parameters => parameters
            .Add(p => p.View, view)
            .Add(p => p.Rows, CompareSeries.Rows(view))
            .Add(p => p.Calibration, Calibration)
            .Add(p => p.State, state)
            .Add(p => p.StateChanged, _asked.Add)
            .Add(p => p.AddressOf, address => address.ToQuery())
            .Add(p => p.IsReadOnly, isReadOnly));
    }
}
