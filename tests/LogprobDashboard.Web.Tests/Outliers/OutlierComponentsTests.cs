using Bunit;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Outliers;

public sealed class OutlierComponentsTests : BunitContext
{
    [Fact]
    public void Drawing_OfTwoRuns_HasCommonBinsAndOneScaleOfLogCounts()
    {
        var view = OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict);
        var (plain, strict) = (HistogramDrawing.Of(view, OutlierLook.Of(view))[0], HistogramDrawing.Of(view, OutlierLook.Of(view))[1]);
        Assert.Equal(plain.Bars.Select(bar => (bar.Left, bar.Width, bar.From)), strict.Bars.Select(bar => (bar.Left, bar.Width, bar.From)));
        Assert.Equal(100, plain.Bars[^1].Left + plain.Bars[^1].Width, 1e-9);
        Assert.Equal(1, strict.Bars[0].Height, 1e-12);
        Assert.Equal(Math.Log(101) / Math.Log(801), plain.Bars[0].Height, 1e-12);
        Assert.Equal([1, 10, 100], plain.Ticks.Select(tick => tick.Count));
        Assert.Equal(0.678 / 0.7, plain.CutAt!.Value, 1e-12);
    }

    [Fact]
    public void Drawing_OfACell_KeepsItsBarsBesideAll()
    {
        var view = OutlierViews.View(OutlierViews.Plain with { CellBins = [0, 5, 10, 5] });
        var bars = HistogramDrawing.Of(view, OutlierLook.Of(view))[0].Bars;
        Assert.Equal([0, 5, 10, 5], bars.Select(bar => bar.CellCount));
        Assert.All(bars, bar => Assert.True(bar.CellHeight <= bar.Height));
    }

    [Fact]
    public void Histogram_ByMargin_KeepsTheLowSideInFullColour()
    {
        var view = OutlierViews.View(OutlierViews.Plain with { Cut = 0.35 });
        var low = HistogramOf(view with { Request = view.Request with { By = OutlierOrder.Margin } });
        Assert.Equal("0%", low.Find("[data-cut-clip]").GetAttribute("x"));
        var high = HistogramOf(view);
        Assert.Equal("53.75%", high.Find("[data-cut-clip]").GetAttribute("x"));
        Assert.Equal(low.Find("[data-cut-clip]").GetAttribute("width"), high.Find("[data-cut-line]").GetAttribute("x1"));
    }

    [Fact]
    public void Cut_ForWhoCannotSeeIt_SaysQuantileAndValue()
    {
        var handle = HistogramOf(OutlierViews.View(OutlierViews.Plain)).Find("[role=slider]");
        Assert.Equal(("95", "95 % quantile, 0.678", "Cut of plain v1", "0"), (handle.GetAttribute("aria-valuenow"), handle.GetAttribute("aria-valuetext"), handle.GetAttribute("aria-label"), handle.GetAttribute("tabindex")));
        var none = OutlierViews.View(OutlierViews.Plain with { Cut = null });
        Assert.Equal("no cut", HistogramOf(none with { Request = none.Request with { Cut = 0 } }).Find("[role=slider]").GetAttribute("aria-valuetext"));
    }

    [Theory]
    [InlineData(OutlierOrder.Entropy, "97.5", 0.975)]
    [InlineData(OutlierOrder.Margin, "2.5", 0.975)]
    public void Quantile_Typed_IsTheCutOnThatSide(OutlierOrder by, string typed, double share)
    {
        CutChange? change = null;
        var histograms = HistogramsOf(by, moved => change = moved);
        histograms.Find("input[type=number]").Change(typed);
        Assert.Equal(new CutChange(share, IsFirst: true), change);
        change = null;
        histograms.Find("input[type=number]").Change("many");
        Assert.Null(change);
    }

    /// <summary>What the script reports: keys and drags come as quantiles among the values.</summary>
    [Fact]
    public async Task Cut_MovedByTheScript_IsTheShareOnTheOrdinarySide()
    {
        var changes = new List<CutChange>();
        var histograms = HistogramsOf(OutlierOrder.Margin, changes.Add);
        await histograms.InvokeAsync(() => histograms.Instance.CommitCutAsync(0.055, isFirst: true));
        await histograms.InvokeAsync(() => histograms.Instance.CommitCutAsync(0.06, isFirst: false));
        await histograms.InvokeAsync(() => histograms.Instance.CommitCutAsync(double.NaN, isFirst: false));
        Assert.Equal([new CutChange(0.945, true), new CutChange(0.94, false)], changes);
    }

    [Fact]
    public void Scope_OfASliceWithAbstention_SaysWhatIsLeftAndTakesEachOff()
    {
        var scope = new SampleScope("lang", "de", 0.5);
        var screen = OutlierViews.Screen(OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict) with { Scope = scope }, OutliersState.Default.WithScope(scope).WithBy(OutlierOrder.Margin));
        var note = Render<OutlierScope>(parameters => parameters.Add(p => p.Screen, screen));
        Assert.Equal(["Only lang de. Show all samples", "Without what a run abstains from: samples above an entropy of 0.500 nats. Show them too"], note.FindAll("span").Select(part => part.TextContent));
        Assert.Equal(["/experiments/7/outliers?by=margin&abstain=0.5", "/experiments/7/outliers?by=margin&column=lang&slice=de"], note.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Scope_OfAllSamples_SaysNothing() =>
        Assert.Empty(Render<OutlierScope>(parameters => parameters.Add(p => p.Screen, OutlierViews.Screen(OutlierViews.View(OutlierViews.Plain), OutliersState.Default.WithScope(new("no such", "value"))))).Markup.Trim());

    [Fact]
    public void Histograms_Table_HoldsEveryBarOfEveryRun()
    {
        var histograms = HistogramsOf(OutlierOrder.Entropy, _ => { });
        Assert.Empty(histograms.FindAll(".chart-table"));
        histograms.FindAll("button")[0].Click();
        var rows = histograms.FindAll(".chart-table tbody tr");
        Assert.Equal(4, rows.Count);
        Assert.Equal(["0.2000", "0.4000", "400", "150"], rows[1].Children.Select(cell => cell.TextContent));
    }

    [Fact]
    public void Row_OfAWrongAndARightRun_SaysSoInWordsAndTint()
    {
        var row = RowOf(new OutlierRowRun("1", OutlierViews.Result("spam", 0.7), 1.2, true, false), new OutlierRowRun("2", OutlierViews.Result("ham", 0.2), 0.2, false, true));
        var answers = row.FindAll(".outlier-answer");
        Assert.Contains("wrong", answers[0].ClassList);
        Assert.Contains("wrong", answers[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("spam, wrong", answers[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("H 0.500", row.Find(".beyond").TextContent);
        Assert.Contains("right", answers[1].ClassList);
        Assert.Equal("/experiments/7/samples/3?from=by%3Dmargin", row.Find("a").GetAttribute("href"));
        Assert.Equal("runs disagree", row.Find(".chip").TextContent);
    }

    [Fact]
    public void Row_WithoutAReadableAnswer_SaysWhatThereIs()
    {
        var row = RowOf(new OutlierRowRun("1", OutlierViews.Result("spam", 0.7, ResultStatus.Unscorable), null, false, false), new OutlierRowRun("2", null, null, false, null));
        Assert.Contains("unscorable", row.FindAll(".outlier-answer")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("not in this run", row.FindAll(".outlier-answer")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_BeyondATie_OffersTheCutThatShowsSomething()
    {
        var view = OutlierViews.View(OutlierViews.Plain) with { Listed = 0, Counts = new OutlierCounts(1000, 0, 0, 0, null), LooserCut = 0.4, Reasons = [], BeforeReason = 0 };
        var empty = Render<OutlierEmpty>(parameters => parameters.Add(p => p.Screen, OutlierViews.Screen(view)));
        Assert.Equal(("Cut at the 40 % quantile", "/experiments/7/outliers?cut=0.4"), (empty.Find("a").TextContent, empty.Find("a").GetAttribute("href")));
    }

    [Fact]
    public void Empty_ByAReason_OffersToLetItGo()
    {
        var state = OutliersState.Default.WithReason("mojibake").WithBy(OutlierOrder.Loss);
        var empty = Render<OutlierEmpty>(parameters => parameters.Add(p => p.Screen, OutlierViews.Screen(OutlierViews.View(OutlierViews.Plain) with { Listed = 0 }, state)));
        Assert.Equal("/experiments/7/outliers?by=loss", empty.Find("a").GetAttribute("href"));
    }

    private IRenderedComponent<SignalHistogram> HistogramOf(OutliersView view) =>
        Render<SignalHistogram>(parameters => parameters.Add(p => p.Drawing, HistogramDrawing.Of(view, OutlierLook.Of(view))[0]).Add(p => p.View, view));

    private IRenderedComponent<SignalHistograms> HistogramsOf(OutlierOrder by, Action<CutChange> changed)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/histogramCut.js").Mode = JSRuntimeMode.Loose;
        var view = OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict);
        return Render<SignalHistograms>(parameters => parameters.Add(p => p.Screen, OutlierViews.Screen(view with { Request = view.Request with { By = by } })).Add(p => p.CutChanged, changed));
    }

    private IRenderedComponent<OutlierTableRow> RowOf(params OutlierRowRun[] runs)
    {
        var row = new OutlierRow(1, 3, null, "Mmm so yummy babe", "ham", null, runs, [new OutlierReason("runsDisagree", "The runs predict different labels.")]);
        return Render<OutlierTableRow>(parameters => parameters.Add(p => p.Row, row)
            .Add(p => p.Screen, OutlierViews.Screen(OutlierViews.View(OutlierViews.Plain, OutlierViews.Strict), OutliersState.Default.WithBy(OutlierOrder.Margin))));
    }
}
