using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class LabelMassesTests
{
    [Fact]
    public void Predict_Tie_UncensoredThenLowerIndex()
    {
        Assert.Equal(1, LabelMasses.Predict([0.2, 0.2, 0.2], [true, false, false]));
        Assert.Equal(0, LabelMasses.Predict([0.2, 0.2, 0.2], [true, true, true]));
        Assert.Equal(2, LabelMasses.Predict([0.2, 0.1, 0.3], [false, false, true]));
    }

    [Fact]
    public void Figures_ThreeLabels_ByHand()
    {
        double[] masses = [0.5, 0.25, 0.05];

        Assert.Equal(Math.Log(0.5 / 0.3), LabelMasses.Score(masses, 0), 1e-12);
        Assert.Equal(Math.Log(0.05 / 0.75), LabelMasses.Score(masses, 2), 1e-12);
        Assert.Equal(0.625, LabelMasses.Probability(masses, 0), 1e-12);
        Assert.Equal(Math.Log(2), LabelMasses.LogMargin(masses), 1e-12);
        Assert.Equal(-(0.625 * Math.Log(0.625)) - (0.3125 * Math.Log(0.3125)) - (0.0625 * Math.Log(0.0625)), LabelMasses.Entropy(masses), 1e-12);
    }

    [Fact]
    public void Entropy_EqualMasses_IsItsMaximum()
    {
        Assert.Equal(Math.Log(7), LabelMasses.Entropy([.. Enumerable.Repeat(0.01, 7)]), 1e-12);
        Assert.Equal(1, LabelMasses.NormalizedEntropy([.. Enumerable.Repeat(0.01, 7)]), 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Figures_ImpossibleMass_Throw(double mass)
    {
        Assert.Throws<ArgumentException>(() => LabelMasses.Score([0.5, mass], 0));
        Assert.Throws<ArgumentException>(() => LabelMasses.Entropy([0.5, mass]));
        Assert.Throws<ArgumentException>(() => LabelMasses.Predict([0.5, mass], [false, false]));
    }

    [Fact]
    public void Figures_OneLabelOrNoSuchLabel_Throw()
    {
        Assert.Throws<ArgumentException>(() => LabelMasses.LogMargin([0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelMasses.Score([0.5, 0.5], 2));
        Assert.Throws<ArgumentException>(() => LabelMasses.ScoreBounds([0.5, 0.5], [true, true], 0.1, 0));
        Assert.Throws<ArgumentException>(() => LabelMasses.ScoreBounds([0.5, 0.5], [false, true], double.NaN, 0));
    }
}
