using CsCheck;

using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Tests.Summaries;

public sealed class SummaryTests
{
    private static readonly Gen<double[]> AnyValues = Gen.OneOf(
        Gen.Double[-100, 100],
        Gen.Int[-2, 2].Select(value => (double)value),
        Gen.OneOfConst(double.MaxValue, double.MinValue, double.Epsilon, -0.0)).Array[1, 40];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Type7_ByHand(double q, double expected) => Assert.Equal(expected, Quantile.Type7([1, 2, 3, 4], q)!.Value, 1e-14);

    [Fact]
    public void Type7_EdgeCases()
    {
        Assert.Null(Quantile.Type7([], 0.5));
        Assert.Equal(7, Quantile.Type7([7], 0.3));
        Assert.Equal(0, Quantile.Type7([double.MinValue, double.MaxValue], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Type7([1], 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Type7([1], double.NaN));
    }

    [Fact]
    public void DistributionSummary_ByHand()
    {
        var summary = DistributionSummary.Create([4, 1, 3, 2]);

        Assert.Equal((4, 2.5, 2.5, 1.0, 4.0), (summary.Count, summary.Mean, summary.Median, summary.Min, summary.Max));
        Assert.Equal(Math.Sqrt(1.25), summary.StandardDeviation!.Value, 1e-14);
        Assert.Equal(3.97, summary.P99!.Value, 1e-12);
    }

    [Fact]
    public void DistributionSummary_Nothing_IsNotDefined() =>
        Assert.Equal(new DistributionSummary(0, null, null, null, null, null, null, null), DistributionSummary.Create([]));

    [Fact]
    public void DistributionSummary_ValueThatIsNotFinite_Throws()
    {
        Assert.Throws<ArgumentException>(() => DistributionSummary.Create([double.NaN]));
        Assert.Throws<ArgumentException>(() => DistributionSummary.Create([double.PositiveInfinity]));
    }

    [Fact]
    public void DistributionSummary_AnyValues_IsFiniteAndInOrder() => AnyValues.Sample(
        values =>
        {
            var summary = DistributionSummary.Create(values);
            double[] figures = [summary.Min!.Value, summary.Median!.Value, summary.P90!.Value, summary.P99!.Value, summary.Max!.Value];

            Assert.Equal(figures.Order(), figures);
            Assert.InRange(summary.Mean!.Value, summary.Min.Value, summary.Max.Value);
            Assert.True(double.IsFinite(summary.StandardDeviation!.Value) && summary.StandardDeviation >= 0);
        },
        iter: 2_000);

    [Fact]
    public void Histogram_SeveralSeries_ShareTheBins()
    {
        var histogram = Histogram.Create([[0, 1, 2, 2.5], [4, 4], []], 4)!;

        Assert.Equal([0, 1, 2, 3, 4], histogram.Edges);
        Assert.Equal([[1, 1, 2, 0], [0, 0, 0, 2], [0, 0, 0, 0]], histogram.Counts);
    }

    [Fact]
    public void Histogram_AllAlike_RangeIsWidened() => Assert.Equal([2.5, 3, 3.5], Histogram.Create([[3, 3]], 2)!.Edges);

    [Fact]
    public void Histogram_GivenRange_LeavesOutWhatIsOutside()
    {
        var histogram = Histogram.Create([[-1, 0, 0.5, 1, 7]], 2, low: 0, high: 1)!;

        Assert.Equal([0, 0.5, 1], histogram.Edges);
        Assert.Equal([[1, 2]], histogram.Counts);
    }

    [Fact]
    public void Histogram_Nothing_IsNotDefined()
    {
        Assert.Null(Histogram.Create([[]], 3));
        Assert.Null(Histogram.Create([], 3, low: 0));
        Assert.Equal([[0, 0]], Histogram.Create([[]], 2, 0, 1)!.Counts);
    }

    [Fact]
    public void Histogram_ImpossibleInput_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Histogram.Create([[1]], 0));
        Assert.Throws<ArgumentException>(() => Histogram.Create([[double.NaN]], 2));
        Assert.Throws<ArgumentException>(() => Histogram.Create([[1]], 2, 2, 1));
        Assert.Throws<ArgumentException>(() => Histogram.Create([[1]], 2, double.NegativeInfinity, 1));
    }

    [Fact]
    public void Histogram_AnyValues_CountsAllBetweenFiniteEdges() =>
        (from values in AnyValues
         from binCount in Gen.Int[1, 30]
         select (values, binCount)).Sample(
            drawn =>
            {
                var histogram = Histogram.Create([drawn.values], drawn.binCount)!;

                Assert.Equal(drawn.values.Length, histogram.Counts[0].Sum());
                Assert.All(histogram.Edges, edge => Assert.True(double.IsFinite(edge)));
                Assert.Equal(histogram.Edges.Order(), histogram.Edges);
                for (var bin = 0; bin < drawn.binCount; bin++)
                    Assert.Equal(
                        drawn.values.Count(value => value >= histogram.Edges[bin] && (value < histogram.Edges[bin + 1] || (bin == drawn.binCount - 1 && value <= histogram.Edges[^1]))),
                        histogram.Counts[0][bin]);
            },
            iter: 2_000);
}
