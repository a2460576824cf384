using System.Globalization;
using CsCheck;
using LogprobDashboard.Web.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class TypedThresholdTests
{
    [Fact]
    public void Probability_Typed_IsShownAgainAsItWasTyped() =>
        Gen.Int[1, 999_999_999].Sample(billionths =>
        {
            var typed = (billionths / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);
            Assert.Equal(typed, TypedThreshold.ProbabilityText(TypedThreshold.FromProbability(typed)!.Value));
        });

    [Fact]
    public void LogOdds_Typed_AreShownAgainAsTheSameNumber() =>
        Gen.Double[-TypedThreshold.Most, TypedThreshold.Most].Sample(threshold => Assert.Equal(threshold, TypedThreshold.FromLogOdds(TypedThreshold.LogOddsText(threshold))));

    [Fact]
    public void Probability_ShownForAThreshold_LeadsBackToIt() =>
        Gen.Double[-30, 30].Sample(threshold => Assert.Equal(threshold, TypedThreshold.FromProbability(TypedThreshold.ProbabilityText(threshold))!.Value, 1e-9));

    [Theory]
    [InlineData("0.5", 0)]
    [InlineData("0.9", 2.1972245773362196)]
    [InlineData("1e-20", -46.051701859880914)]
    [InlineData("0.9999999999999999999", 43.74911676688687)]
    public void Probability_Typed_HasItsLogOdds(string typed, double expected) => Assert.Equal(expected, TypedThreshold.FromProbability(typed)!.Value, 1e-12);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("-0.1")]
    [InlineData("90")]
    [InlineData("0,9")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData(null)]
    public void Probability_OutsideOfZeroAndOne_IsNone(string? typed) => Assert.Null(TypedThreshold.FromProbability(typed));

    [Theory]
    [InlineData(" \u22121.5 ", -1.5)]
    [InlineData("+2", 2.0)]
    [InlineData("-0", 0.0)]
    [InlineData("1e5", null)]
    [InlineData("Infinity", null)]
    [InlineData("2,5", null)]
    public void LogOdds_Typed_AreReadOrRefused(string typed, double? expected) => Assert.Equal(expected, TypedThreshold.FromLogOdds(typed));
}
