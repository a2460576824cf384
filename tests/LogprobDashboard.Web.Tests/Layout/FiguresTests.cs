using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Web.Tests.Layout;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.9289558836877875, "0.929")]
    [InlineData(-0.184, "−0.184")]
    [InlineData(-0.0001, "0.000")]
    [InlineData(null, "not defined")]
    public void Score_HasThreeDecimalsAndATrueMinus(double? value, string expected) => Assert.Equal(expected, Figures.Score(value));

    [Theory]
    [InlineData(0.859, "0.859")]
    [InlineData(0.99916, "0.9992")]
    [InlineData(0.00123, "0.0012")]
    [InlineData(0.99999, "> 0.9999")]
    [InlineData(0.00001, "< 0.0001")]
    public void Probability_NeverRoundsToOneOrZero(double value, string expected) => Assert.Equal(expected, Figures.Probability(value));

    [Theory]
    [InlineData(0.5, "0.5000")]
    [InlineData(0.99999917, "0.999999170")]
    [InlineData(1, "1.0000")]
    public void FineProbability_HasTwoDigitsMoreThanItNeeds(double value, string expected) => Assert.Equal(expected, Figures.FineProbability(value));

    [Fact]
    public void Exact_ReadsBackAsTheSameNumber() => Assert.Equal("−7.076272693541785", Figures.Exact(-7.076272693541785));

    [Fact]
    public void Count_OfOne_IsSingular() => Assert.Equal(("1 run", "1,000 runs"), (Figures.Count(1, "run", "runs"), Figures.Count(1000, "run", "runs")));
}
