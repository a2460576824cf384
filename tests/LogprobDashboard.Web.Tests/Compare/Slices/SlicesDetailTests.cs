using Bunit;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Slices;

namespace LogprobDashboard.Web.Tests.Compare.Slices;

public sealed class SlicesDetailTests : BunitContext
{
    private static readonly ComparedSlices Slices = new(
        "channel",
        "source",
        SliceBinning.None,
        ["source", "channel"],
        [Run("1", 1000, 152, 0.93), Run("2", 1000, 152, 0.745)],
        [
            new("fax", [Run("1", 200, 30, 0.6, isBelow: true), Run("2", 198, 30, 0.5)]),
            new("<b>", [Run("1", 800, 122, 0.95), Run("2", 800, 122, null)]),
        ],
        12,
        new ResamplingRequest(1000, 7));

    [Fact]
    public void Table_OfSlices_ShowsEachRunWithItsIntervalAndMarksTheWeak()
    {
        var detail = Detail(Slices);
        var rows = detail.FindAll("tbody tr");
        Assert.Equal(["all samples", "fax", "<b>"], rows.Select(row => row.QuerySelector("th")!.FirstChild!.TextContent));
        Assert.Equal(["198–200", "0.150–0.152", "0.6000.550–0.650, below the wholeP 0.900 · R 0.800", "0.5000.450–0.550P 0.900 · R 0.800"], rows[1].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal("not defined", rows[2].QuerySelectorAll("td")[3].FirstChild!.TextContent);
        Assert.Equal(["weak"], detail.FindAll("td.weak").Select(cell => cell.ClassName));
        Assert.Contains("12 samples have no value here.", detail.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("seed 7", detail.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Slice_IsALinkToTheWholePageRestrictedToIt()
    {
        var links = Detail(Slices, current: "fax").FindAll("tbody a");
        Assert.Equal(["all", "slice fax", "slice <b>"], links.Select(link => link.GetAttribute("href")));
        Assert.Equal("true", links[1].GetAttribute("aria-current"));
    }

    [Fact]
    public void Column_Chosen_IsTold()
    {
        string? told = null;
        Detail(Slices, chosen => told = chosen).Find("select").Change("source");
        Assert.Equal("source", told);
    }

    [Fact]
    public void Table_InADocument_HasNeitherLinksNorControls() =>
        Assert.Empty(Render<SlicesDetail>(parameters => parameters.Add(p => p.Slices, Slices).Add(p => p.Rows, CompareSeries.Rows(Views.View(Views.Plain, Views.Strict))).Add(p => p.Positive, "spam")).FindAll("a, select, button"));

    [Fact]
    public void Detail_OfADatasetWithoutColumns_SaysSo() => Assert.Contains("no source and no further column", Detail(null).Markup, StringComparison.Ordinal);

    [Fact]
    public void Table_BeforeItsIntervals_SaysThatTheyCome() =>
        Assert.Contains("being worked out", Detail(Slices with { Resampling = null }).Find("[role=status]").TextContent, StringComparison.Ordinal);

    private static SliceOfRun Run(string id, int samples, int positives, double? precision, bool isBelow = false) =>
        new(id, samples, positives, precision, precision is { } value ? new ConfidenceInterval(value - 0.05, value + 0.05) : null, 0.9, 0.8, 0.9, 0.8, 0.85, isBelow);

    private IRenderedComponent<SlicesDetail> Detail(ComparedSlices? slices, Action<string?>? chosen = null, string? current = null) => Render<SlicesDetail>(parameters => parameters
        .Add(p => p.Slices, slices)
        .Add(p => p.Rows, CompareSeries.Rows(Views.View(Views.Plain, Views.Strict)))
        .Add(p => p.Positive, "spam")
        .Add(p => p.Current, current)
        .Add(p => p.AddressOf, slice => slice is null ? "all" : $"slice {slice}")
        .Add(p => p.ColumnChanged, chosen ?? (_ => { })));
}
