using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class UsableLogProbabilityTests
{
    [Theory]
    [InlineData(-0.5, -0.5)]
    [InlineData(0.0, 0.0)]
    [InlineData(5e-7, 0.0)]
    [InlineData(1e-6, 0.0)]
    [InlineData(-700.0, -700.0)]
    [InlineData(-700.1, -700.0)]
    [InlineData(-9997.9, -700.0)]
    public void TryRead_Usable_IsClipped(double sent, double expected)
    {
        Assert.True(UsableLogProbability.TryRead(sent, out var usable));
        Assert.Equal(expected, usable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(-9998.0)]
    [InlineData(-9999.0)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1.0001e-6)]
    [InlineData(0.3)]
    [InlineData(double.PositiveInfinity)]
    public void TryRead_Unusable_IsRefused(double? sent) => Assert.False(UsableLogProbability.TryRead(sent, out _));
}
