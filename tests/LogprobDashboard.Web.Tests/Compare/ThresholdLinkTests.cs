using Bunit;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class ThresholdLinkTests : BunitContext
{
    private static readonly CompareView View = Views.View(Views.Plain, Views.Strict);
    private static readonly IReadOnlyList<CompareRow> Rows = CompareSeries.Rows(View);

    [Fact]
    public void Drag_OfLinkedRuns_MovesAllOfThem()
    {
        var drag = new ThresholdDrag("1", 2.5, Ended: true);
        Assert.Equal(["1", "2"], ThresholdLink.While(CompareState.Default, Rows, drag).Keys);
        Assert.Equal("?threshold=2.5", ThresholdLink.Moved(CompareState.Default.WithRule(CompareRule.Parse("recall:0.9")), Rows, drag).ToQuery());
    }

    [Fact]
    public void Drag_OfARunOnItsOwn_MovesThatRunAlone()
    {
        var own = ThresholdLink.Unlinked(CompareState.Default, Rows);
        Assert.Equal([("1", 7.076272693541785), ("2", 1.8)], own.Thresholds.Select(run => (run.Key, run.Value)));
        var drag = new ThresholdDrag("2", -0.5, Ended: true);
        Assert.Equal(["2"], ThresholdLink.While(own, Rows, drag).Keys);
        Assert.Equal("?thresholds=1:7.076272693541785,2:-0.5", ThresholdLink.Moved(own, Rows, drag).ToQuery());
        Assert.Equal("", ThresholdLink.Linked(own).ToQuery());
    }

    [Fact]
    public void Drag_OnTheThresholdsAxis_MovesEveryRunThatIsShown()
    {
        var own = ThresholdLink.Unlinked(CompareState.Default, Rows) with { Hidden = ["1"] };
        Assert.Equal(["2"], ThresholdLink.While(own, Rows, new ThresholdDrag(null, 1, Ended: false)).Keys);
    }

    [Fact]
    public void OperatingPoint_OfRunsOnTheirOwn_AsksForAThresholdOfEach()
    {
        CompareState? asked = null;
        var state = ThresholdLink.Unlinked(CompareState.Default, Rows);
        var view = Views.View(Views.Plain with { HasOwnThreshold = true }, Views.Strict with { HasOwnThreshold = true });
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, state).Add(p => p.AddressOf, of => of.ToQuery()).Add(p => p.StateChanged, of => asked = of));
        Assert.Empty(card.FindAll("#rule-kind"));
        var strict = card.Find("#threshold-2-log-odds");
        Assert.Equal("Log odds of strict v1", card.Find("label[for=threshold-2-log-odds]").TextContent);
        strict.Change("-3");
        Assert.Equal("?thresholds=1:7.076272693541785,2:-3", asked!.ToQuery());
        Assert.Equal("", card.FindAll("nav.segments a")[0].GetAttribute("href"));
    }

    [Fact]
    public void OperatingPoint_WhileAThresholdIsDragged_ShowsWhatItComesTo()
    {
        var card = Render<OperatingPointCard>(parameters => parameters
            .Add(p => p.View, View).Add(p => p.Rows, Rows).Add(p => p.State, CompareState.Default)
            .Add(p => p.Dragged, [Views.Point(2, 140, 50, 798, 12), Views.Point(2, 120, 40, 808, 32)]));
        Assert.Equal(["140", "12", "50", "798", "120", "32", "40", "808"], card.FindAll(".confusion-cells b").Select(cell => cell.TextContent));
        Assert.Contains("log odds 2.00", card.Find("h3").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("a[download]")); // a decision is taken when the hand lets go
    }

    [Fact]
    public void OperatingPoint_OnHeldOutSamples_SaysSoAndOpensThoseUnlessItIsReadOnly()
    {
        var held = Views.Plain with { Validated = new ValidatedPoint(Views.Point(null, 60, 15, 410, 15), 500, 1, 7.076, 7.076) };
        var view = Views.View(held) with { Judging = PointJudging.Holdout, Seed = 3 };
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, CompareState.Default with { Judging = PointJudging.Holdout, Seed = 3 }));
        Assert.Contains("Chosen on 50.0 % of the samples and judged on the others, stratified by label; seed 3.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("On 500 held-out samples", card.Markup, StringComparison.Ordinal);
        Assert.Equal("60", card.Find(".confusion-cells b").TextContent);
        Assert.Contains("log odds 7.08", card.Find("h3").TextContent, StringComparison.Ordinal);
        Assert.Equal("/experiments/e1/outliers?runs=1&positive=spam&rule=maxF1&judging=holdout&seed=3&outcome=caught", card.Find(".confusion-cells a").GetAttribute("href"));
        card.Render(parameters => parameters.Add(p => p.IsReadOnly, true));
        Assert.Empty(card.FindAll(".confusion-cells a"));
    }

    [Fact]
    public void Changes_OfARun_SayWhatTheThresholdSetsRightAndWhatItCosts()
    {
        var changes = new RunChanges("1", Caught: 0, Missed: 26, Raised: 0, Cleared: 142, [new(7, "call now", "spam", 6.5, IsPositive: true, Flagged: false), new(9, "see you", "ham", 6, IsPositive: false, Flagged: false)]);
        var detail = Render<ChangesDetail>(parameters => parameters.Add(p => p.View, Views.View(Views.Plain)).Add(p => p.Rows, CompareSeries.Rows(Views.View(Views.Plain))).Add(p => p.Changes, [changes]));
        Assert.Equal("142 false alarms fewer, 26 spam more missed.", detail.Find(".changes-sum").TextContent);
        Assert.Equal(["spam, missed now", "ham, cleared now"], detail.FindAll(".change-side").Select(side => side.TextContent));
        Assert.Equal(["wrong", "right"], detail.FindAll("li").Select(item => item.ClassName));
        Assert.Equal("/experiments/e1/samples/7?from=runs%3D1", detail.Find("a").GetAttribute("href"));
        Assert.Contains("and 166 more", detail.Markup, StringComparison.Ordinal);

        detail.Render(parameters => parameters.Add(p => p.TextsAreLinks, false).Add(p => p.ShowsTexts, false));
        Assert.Empty(detail.FindAll("a"));
        Assert.DoesNotContain("call now", detail.Markup, StringComparison.Ordinal);
        Assert.Contains("sample 7", detail.Markup, StringComparison.Ordinal);
    }
}
