using CsCheck;
using LogprobDashboard.Analysis.Comparison;

namespace LogprobDashboard.Analysis.Tests.Comparison;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)] // 2 * 1/2
    [InlineData(0, 5, 0.0625)] // 2 / 32
    [InlineData(2, 8, 0.109375)] // 2 (1 + 10 + 45) / 1024
    [InlineData(5, 5, 1)]
    public void McNemar_ByHand_IsTwiceTheLowerTail(int baselineOnly, int runOnly, double expected) =>
        Assert.Equal(expected, McNemar.Of(baselineOnly, runOnly).PValue, 1e-14);

    [Fact]
    public void McNemar_Sides_AreAlike() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 5000]).Sample((b, c) =>
        {
            var p = McNemar.Of(b, c).PValue;
            Assert.Equal(p, McNemar.Of(c, b).PValue);
            Assert.InRange(p, 0, 1);
        });

    [Fact]
    public void McNemar_CountsOnlyDisagreements() =>
        Assert.Equal((1, 2), McNemar.Test([true, true, false, false, false], [true, false, true, true, false]) is var test ? (test.BaselineOnly, test.RunOnly) : default);

    [Fact]
    public void Holm_ByHand_StepsDown()
    {
        // Sorted 0.01, 0.02, 0.03, 0.5: times 4, 3, 2, 1, and never less than the one before.
        Assert.Equal([0.06, 0.04, null, 0.06, 0.5], HolmCorrection.Correct([0.03, 0.01, null, 0.02, 0.5]).Select(p => p is { } value ? Math.Round(value, 12) : (double?)null));
        Assert.Equal([1.0, 1.0], HolmCorrection.Correct([0.6, 0.7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HolmCorrection.Correct([1.5]));
    }

    [Fact]
    public void Holm_NeverLowersAPValueAndKeepsTheirOrder() =>
        Gen.Double[0, 1].Array[1, 12].Sample(drawn =>
        {
            var corrected = HolmCorrection.Correct([.. drawn.Select(p => (double?)p)]);
            foreach (var (p, q) in drawn.Zip(corrected))
                Assert.InRange(q!.Value, p, 1);
            foreach (var (i, j) in from i in Enumerable.Range(0, drawn.Length) from j in Enumerable.Range(0, drawn.Length) select (i, j))
                Assert.True(drawn[i] > drawn[j] || corrected[i] <= corrected[j]);
        });

    [Fact]
    public void PairedDifference_ByHand_CountsBothSides()
    {
        // Differences -0.1, 0, 0.1, 0.2, 0.3: two at most 0, four at least 0; p = 2 (1 + 2) / 6.
        var paired = PairedDifference.Of(0.5, 0.6, [0.5, 0.5, 0.5, 0.5, 0.5], [0.4, 0.5, 0.6, 0.7, 0.8])!;

        Assert.Equal(0.1, paired.Difference, 1e-12);
        Assert.Equal(1, paired.PValue, 1e-12);
        Assert.Equal(-0.09, paired.Low, 1e-12); // type 7: 0.1 of the way from -0.1 to 0
        Assert.Equal(0.29, paired.High, 1e-12);
        Assert.Equal(Math.Sqrt(0.02), paired.StandardError, 1e-12);
        Assert.Null(PairedDifference.Of(null, 0.6, [0.5, 0.5], [0.4, 0.5]));
        Assert.Null(PairedDifference.Of(0.5, 0.6, [0.5, null], [null, 0.5]));
    }

    [Fact]
    public void SamplesToTell_FourTimesTheError_NeedsSixteenTimesTheSamples()
    {
        var small = new PairedDifference(0.1, 0, 0.2, 0.05, 0.05);
        var large = small with { StandardError = 0.2 };

        Assert.Equal(197, small.SamplesToTell(100)); // 100 (2.8016 / 2)^2 = 196.2
        Assert.Equal(16, large.SamplesToTell(100_000)!.Value / (double)small.SamplesToTell(100_000)!.Value, 3);
        Assert.Null((small with { Difference = 0 }).SamplesToTell(100));
    }

    [Theory]
    [InlineData(0.1, 0.01, Verdict.Better)]
    [InlineData(-0.1, 0.049, Verdict.Worse)]
    [InlineData(0.1, 0.05, Verdict.NotDistinguishable)]
    [InlineData(0.0, 0.01, Verdict.NotDistinguishable)]
    public void Verdict_FollowsTheCorrectedPValueAndTheSign(double difference, double p, Verdict expected)
    {
        Assert.Equal(expected, Verdicts.Of(new PairedDifference(difference, -1, 1, p, 0.1), p));
        Assert.Null(Verdicts.Of(null, p));
    }
}
