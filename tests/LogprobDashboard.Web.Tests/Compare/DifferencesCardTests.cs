using Bunit;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class DifferencesCardTests : BunitContext
{
    private static readonly RunIntervals Intervals = new(1000, 7, 978, new(0.889, 0.955), new(0.955, 0.988), null, new(0.4, 0.5), new(0.68, 0.73), new(0.8, 1), new(0.2, 0.3), new(0.81, 0.91), new(0.8, 0.92));

    private static readonly AgainstBaseline Worse = new(
        new(-0.1838, -0.2553, -0.112, 0.002, 0.036),
        new(-0.022, -0.04, 0.001, 0.06, 0.01),
        null,
        McNemar.Of(30, 8),
        1000,
        new PairedFigures(new(-0.2, -0.26, -0.12, 0.002, 0.036), null, null, 990),
        0.004,
        Verdict.Worse,
        null);

    [Fact]
    public void Card_OfADifference_ShowsItWithItsIntervalItsTestAndWhatItSays()
    {
        var card = CardOf(Worse);

        var cells = card.FindAll("tbody td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Single(card.FindAll("tbody tr")); // the baseline has no row
        Assert.Equal("\u22120.184\u22120.255 – \u22120.112\u22120.200 scored by both", cells[0]);
        Assert.Equal("0.004", cells[2]);
        Assert.StartsWith("8, 30p < 0.001", cells[3], StringComparison.Ordinal);
        Assert.Equal(("1,000", "worse"), (cells[4], cells[5]));
        Assert.Contains("seed 7", card.Find(".card-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_OfWhatTheDataDoNotTell_SaysHowManySamplesWould()
    {
        var card = CardOf(Worse with { Verdict = Verdict.NotDistinguishable, SamplesToTell = 4200 });

        Assert.Equal("not distinguishableabout 4,200 samples would tell", card.FindAll("tbody td")[^1].TextContent.Trim());
    }

    [Fact]
    public void Baseline_Chosen_IsTold()
    {
        string? told = null;
        var card = CardOf(Worse, chosen => told = chosen);
        card.Find("select").Change("2");

        Assert.Equal("2", told);
    }

    [Fact]
    public void Table_WithIntervals_ShowsThemBelowTheFigures()
    {
        var view = Views.View(Views.Plain, Views.Strict);
        var uncertainty = Of(Worse);
        var table = Render<CompareTable>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Uncertainty, uncertainty));

        Assert.Contains("0.889–0.955", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("Small: 95 % intervals, 1,000 resamples of 978 different texts, seed 7", table.Find(".card-note").TextContent);
        table.Render(parameters => parameters.Add(p => p.Uncertainty, null).Add(p => p.Waiting, "95 % intervals are being worked out."));
        Assert.Equal("95 % intervals are being worked out.", table.Find(".card-note").TextContent);
        Assert.Empty(table.FindAll("td small[title='95 % confidence interval']"));
    }

    [Fact]
    public void Verdict_OnceTested_SaysWhatTheTestFound()
    {
        var view = Views.View(Views.Plain, Views.Strict);
        var rows = CompareSeries.Rows(view);

        Assert.Contains("Not tested for chance.", CompareVerdict.Of(view, rows).Details);
        var tested = CompareVerdict.Of(view, rows, Of(Worse));
        Assert.Contains("strict ranks worse than plain.", tested.Details);
        Assert.DoesNotContain("Not tested for chance.", tested.Details);
    }

    private static CompareUncertainty Of(AgainstBaseline against) => new(
        "1", new ResamplingRequest(1000, 7), [new RunUncertainty("1", Intervals, null, null), new RunUncertainty("2", Intervals, against, "strict ranks worse than plain.")]);

    private IRenderedComponent<DifferencesCard> CardOf(AgainstBaseline against, Action<string?>? chosen = null)
    {
        var view = Views.View(Views.Plain, Views.Strict);
        return Render<DifferencesCard>(parameters => parameters
            .Add(p => p.Uncertainty, Of(against)).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Positive, "spam").Add(p => p.BaselineChanged, chosen ?? (_ => { })));
    }
}
