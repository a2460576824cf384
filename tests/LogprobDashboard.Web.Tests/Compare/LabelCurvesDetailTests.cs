using Bunit;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class LabelCurvesDetailTests : BunitContext
{
    private static readonly IReadOnlyList<CurvePoint> Points = [new(null, 1, 0), new(1, 0.5, 1)];

    private static readonly IReadOnlyList<LabelCurves> Labels =
    [
        new(null, [new("1", 0.8, Points), new("2", 0.7, Points)]),
        new("de", [new("1", 0.9, Points), new("2", null, [])]),
        new("fr", [new("1", null, []), new("2", null, [])]),
    ];

    [Fact]
    public void Curves_OfLabels_AreStepsInTheRunsLooksAndLeadToTheLabel()
    {
        var detail = Detail(label => $"to {label}");
        Assert.Equal(["Micro average", "de", "fr"], detail.FindAll("figcaption").Select(caption => caption.TextContent.Trim()));
        Assert.Equal(["to de", "to fr"], detail.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("true", detail.FindAll("a")[0].GetAttribute("aria-current"));
        var paths = detail.FindAll(".label-curve")[0].QuerySelectorAll("svg[role=img] > path:not(.grid)");
        Assert.Equal(["M0 0V40H120", "M0 0V40H120"], paths.Select(path => path.GetAttribute("d")));
        Assert.Contains("--run-2", paths[1].GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal(["0.800", "0.700"], detail.FindAll(".label-curve")[0].QuerySelectorAll(".label-curve-figures > span").Select(figure => figure.TextContent.Trim()));
        Assert.Equal("Precision against recall, de. Average precision: plain v1 0.900.", detail.FindAll("svg[role=img]")[1].GetAttribute("aria-label"));
        Assert.Contains("No positive or no negative sample.", detail.FindAll(".label-curve")[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_InADocument_LeadNowhere() => Assert.Empty(Detail(null).FindAll("a"));

    private IRenderedComponent<LabelCurvesDetail> Detail(Func<string, string>? addressOf) => Render<LabelCurvesDetail>(parameters => parameters
        .Add(p => p.Labels, Labels)
        .Add(p => p.Rows, CompareSeries.Rows(Views.Several(Views.Plain, Views.Strict)))
        .Add(p => p.Positive, "de")
        .Add(p => p.AddressOf, addressOf));
}
