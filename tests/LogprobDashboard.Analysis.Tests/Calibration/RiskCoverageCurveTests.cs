using CsCheck;

using LogprobDashboard.Analysis.Calibration;

namespace LogprobDashboard.Analysis.Tests.Calibration;

public sealed class RiskCoverageCurveTests
{
    [Fact]
    public void Create_ByHand()
    {
        var curve = RiskCoverageCurve.Create([1, 4, 3, 2], [true, false, true, false]);

        Assert.Equal([new(4, 0.25, 0), new(3, 0.5, 0.5), new(2, 0.75, 1 / 3.0), new(1, 1, 0.5)], curve.Points);
        Assert.Equal((0 + 0.5 + (1 / 3.0) + 0.5) / 4, curve.AreaUnderRiskCoverage!.Value, 1e-14);
        Assert.Equal((0 + 1 + 1 + 2) / 16.0, curve.GeneralizedArea!.Value, 1e-14);
    }

    [Fact]
    public void Create_Ties_AreAveraged()
    {
        // One error among three that tie: a third of an error each.
        var curve = RiskCoverageCurve.Create([5, 5, 5], [true, false, false]);

        Assert.Equal([new(5, 1, 1 / 3.0)], curve.Points);
        Assert.Equal(1 / 3.0, curve.AreaUnderRiskCoverage!.Value, 1e-14);
        Assert.Equal((1 + 2 + 3) / 3.0 / 9, curve.GeneralizedArea!.Value, 1e-14);
    }

    [Fact]
    public void Create_UnscorableSamples_AreErrorsInALastBlock()
    {
        var curve = RiskCoverageCurve.Create([1], [false], unscorable: 1);

        Assert.Equal([new(1, 0.5, 0), new(null, 1, 0.5)], curve.Points);
        Assert.Equal(0.25, curve.AreaUnderRiskCoverage);
    }

    [Fact]
    public void Create_Nothing_IsNotDefined()
    {
        var curve = RiskCoverageCurve.Create([], []);

        Assert.Empty(curve.Points);
        Assert.Equal((null, null), (curve.AreaUnderRiskCoverage, curve.GeneralizedArea));
    }

    [Fact]
    public void Create_ImpossibleInput_Throws()
    {
        Assert.Throws<ArgumentException>(() => RiskCoverageCurve.Create([1], []));
        Assert.Throws<ArgumentException>(() => RiskCoverageCurve.Create([double.NaN], [true]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RiskCoverageCurve.Create([], [], -1));
    }

    [Fact]
    public void Create_AnySamples_EndsAtTheErrorRateInRangeWhateverTheOrder() =>
        (from size in Gen.Int[1, 40]
         from certainty in Gen.OneOf(Gen.Int[0, 3].Select(value => (double)value), Gen.Double[0, 700]).Array[size]
         from isError in Gen.Bool.Array[size]
         from order in Gen.Shuffle(Enumerable.Range(0, size).ToArray())
         from unscorable in Gen.Int[0, 3]
         select (certainty, isError, order, unscorable)).Sample(
            drawn =>
            {
                var curve = RiskCoverageCurve.Create(drawn.certainty, drawn.isError, drawn.unscorable);
                var permuted = RiskCoverageCurve.Create([.. drawn.order.Select(place => drawn.certainty[place])], [.. drawn.order.Select(place => drawn.isError[place])], drawn.unscorable);

                Assert.Equal(curve.Points, permuted.Points);
                Assert.Equal(curve.AreaUnderRiskCoverage, permuted.AreaUnderRiskCoverage);
                Assert.Equal(1, curve.Points[^1].Coverage);
                Assert.Equal((drawn.isError.Count(error => error) + drawn.unscorable) / (double)(drawn.isError.Length + drawn.unscorable), curve.Points[^1].Risk, 1e-12);
                Assert.All(curve.Points, point => Assert.True(point is { Coverage: > 0 and <= 1, Risk: >= 0 and <= 1 }));
                Assert.True(curve.AreaUnderRiskCoverage is >= 0 and <= 1 + 1e-12 && curve.GeneralizedArea is >= 0 and <= 1);
            },
            iter: 1_000);
}
