using CsCheck;
using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Tests.Charts;

public sealed class ChartZoomTests
{
    private static readonly ChartRange Unit = new(0, 1, 0, 1);

    private static readonly Gen<(double From, double To)> Span =
        from middle in Gen.Double[-500, 500]
        from power in Gen.Double[-3, 3]
        select (middle - Math.Pow(10, power), middle + Math.Pow(10, power));

    [Theory]
    [InlineData(0, 1, 0, 1, 5, 1)]
    [InlineData(0.42, 0.77, 0.4, 0.8, 8, 2)]
    [InlineData(-10.2, 10.4, -15, 15, 6, 0)]
    [InlineData(0, 0.07, 0, 0.07, 7, 2)]
    [InlineData(0.1234, 0.1239, 0.1234, 0.1239, 5, 4)]
    public void Axis_AroundASpan_HasRoundEndsAndTicks(double from, double to, double min, double max, int ticks, int decimals) =>
        Assert.Equal(new ChartAxis("x", min, max, ticks, decimals), ChartScale.Around("x", from, to));

    [Fact]
    public void Axis_AroundAnySpan_HoldsItInFewTicksThatReadExactly() => Span.Sample(span =>
    {
        var axis = ChartScale.Around("x", span.From, span.To);
        Assert.InRange(axis.Ticks, 1, 8);
        var slack = (span.To - span.From) * 1e-6;
        Assert.True(axis.Min <= span.From + slack && axis.Max >= span.To - slack);
        Assert.True(axis.Max - axis.Min <= 2.5 * (span.To - span.From));
        for (var tick = 0; tick <= axis.Ticks; tick++)
        {
            var value = axis.Min + ((axis.Max - axis.Min) * tick / axis.Ticks);
            Assert.Equal(value, Math.Round(value, axis.Decimals), 1e-9 * Math.Max(1, Math.Abs(value)));
        }
    });

    [Fact]
    public void Rounded_Again_IsTheSame() => Parts.Sample(part =>
    {
        var rounded = ChartZoom.Rounded(Unit, part);
        if (rounded is not null)
            Assert.Equal(rounded, ChartZoom.Rounded(Unit, rounded));
    });

    [Fact]
    public void Rounded_HoldsWhatWasAskedForWithinTheWhole() => Parts.Sample(part =>
    {
        var shown = ChartZoom.Rounded(Unit, part) ?? Unit;
        Assert.True(shown is { XMin: >= 0, XMax: <= 1, YMin: >= 0, YMax: <= 1 });
        if (part is { XMin: >= 0, XMax: <= 1 } && part.XMax - part.XMin > 1e-3)
            Assert.True(shown.XMin <= part.XMin + 1e-9 && shown.XMax >= part.XMax - 1e-9);
    });

    [Fact]
    public void Part_BeyondTheWhole_IsMovedIn()
    {
        Assert.Equal(new ChartRange(0.6, 1, 0, 0.4), ChartZoom.Rounded(Unit, new ChartRange(0.9, 1.3, -0.3, 0.1)));
        Assert.Null(ChartZoom.Rounded(Unit, new ChartRange(0.25, 1.25, 0, 1)));
    }

    [Fact]
    public void InAndOut_ComeToTheMiddleAndBackToTheWhole()
    {
        var closer = ChartZoom.In(Unit, null)!;
        Assert.Equal(new ChartRange(0.2, 0.8, 0.2, 0.8), closer with { XMin = Math.Round(closer.XMin, 1), XMax = Math.Round(closer.XMax, 1) });
        Assert.Null(ChartZoom.Out(Unit, closer));
        Assert.Null(ChartZoom.Out(Unit, null));
        ChartRange? part = null;
        var steps = 0;
        for (; steps < 60 && ChartZoom.In(Unit, part) is { } next; steps++)
        {
            Assert.True(next.XMax - next.XMin < (part ?? Unit).XMax - (part ?? Unit).XMin);
            part = next;
        }

        Assert.InRange(steps, 8, 59); // as close as there is something to see, and no closer
    }

    [Fact]
    public void Chart_ZoomedOut_IsTheChart()
    {
        Assert.Same(Charts.TwoPoints, Charts.TwoPoints.Zoomed(null));
        Assert.Same(Charts.TwoPoints, Charts.TwoPoints.Zoomed(Unit));
        var zoomed = Charts.TwoPoints.Zoomed(new ChartRange(0.21, 0.52, 0, 1));
        Assert.Equal(new ChartAxis("Recall", 0.2, 0.55, 7, 2), zoomed.X);
        Assert.Equal(0, zoomed.Y.Min);
    }

    [Fact]
    public void Likeness_SeesEveryPart()
    {
        var chart = Charts.TwoPoints with { Bands = [new ChartBand("red", [new(0, 0, 1), new(1, 0, 1)])] };
        Assert.True(chart.LooksLike(Charts.TwoPoints with { Bands = [new ChartBand("red", [new(0, 0, 1), new(1, 0, 1)])] }));
        foreach (var other in new[]
        {
            chart with { Bands = [] },
            chart with { Bands = [new ChartBand("red", [new(0, 0, 1), new(1, 0.5, 1)])] },
            chart with { Uprights = [new ChartUpright(0, "red", 0)] },
            chart with { X = chart.X with { Max = 2 } },
            chart with { Series = [chart.Series[0] with { Points = [.. chart.Series[0].Points.Select(point => point with { Key = 1 })] }] },
            chart with { Marks = [chart.Marks[0]] },
            chart with { Legend = [new("1", "plain", "red", 0, true)] },
            chart with { Title = "Other" },
        })
            Assert.False(chart.LooksLike(other));
    }

    private static Gen<ChartRange> Parts =>
        from x in Gen.Double[-0.5, 1.5]
        from wide in Gen.Double[0.0005, 0.9]
        from y in Gen.Double[0, 0.5]
        from high in Gen.Double[0.001, 0.5]
        select new ChartRange(x, x + wide, y, y + high);
}
