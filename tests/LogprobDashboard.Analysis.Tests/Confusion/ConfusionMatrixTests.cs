using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.OperatingPoints;

namespace LogprobDashboard.Analysis.Tests.Confusion;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Create_ThreeLabels_ByHand()
    {
        var matrix = ConfusionMatrix.Create(3, [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, -1, 0]);

        Assert.Equal([[2, 1, 0], [0, 1, 0], [1, 0, 0]], matrix.Counts);
        Assert.Equal([0, 1, 0], matrix.Unscorable);
        Assert.Equal((6, 3), (matrix.Total, matrix.Correct));
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal((2 / 3.0, 2 / 3.0, 2 / 3.0), (matrix.Labels[0].Precision, matrix.Labels[0].Recall, matrix.Labels[0].F1));
        Assert.Equal((0.5, 0.5, 0.5), (matrix.Labels[1].Precision, matrix.Labels[1].Recall, matrix.Labels[1].F1));
        Assert.Equal((null, 0.0, 0.0), (matrix.Labels[2].Precision, matrix.Labels[2].Recall, matrix.Labels[2].F1));
        Assert.Equal(((2 / 3.0) + 0.5 + 0) / 3, matrix.MacroF1!.Value, 1e-14);
    }

    [Fact]
    public void MacroF1_LabelThatNeverOccurs_IsLeftOut()
    {
        var matrix = ConfusionMatrix.Create(3, [0, 1], [0, 1]);

        Assert.Equal(1, matrix.MacroF1);
        Assert.Equal((null, null, null), (matrix.Labels[2].Precision, matrix.Labels[2].Recall, matrix.Labels[2].F1));
    }

    [Fact]
    public void Create_Nothing_IsNotDefined()
    {
        var matrix = ConfusionMatrix.Create(2, [], []);

        Assert.Equal((null, null), (matrix.Accuracy, matrix.MacroF1));
        Assert.Equal(new OperatingPoint(0, 0, 0, 0, 0, 0, 0), matrix.ArgmaxPoint(0));
    }

    [Fact]
    public void ArgmaxPoint_TwoLabels_HasThresholdZeroAndUnscorableColumns() =>
        Assert.Equal(
            new OperatingPoint(0, 1, 2, 1, 1, 1, 2),
            ConfusionMatrix.Create(2, [1, 1, 1, 0, 0, 0, 0, 0], [1, 0, -1, 1, 1, 0, -1, -1]).ArgmaxPoint(1));

    [Fact]
    public void ArgmaxPoint_MoreLabels_HasNoThreshold() =>
        Assert.Equal(
            new OperatingPoint(null, 1, 1, 2, 1, 1, 1),
            ConfusionMatrix.Create(3, [1, 1, 1, 0, 2, 2, 2], [1, 0, -1, 1, 2, 0, -1]).ArgmaxPoint(1));

    [Fact]
    public void Create_ImpossibleInput_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.Create(1, [], []));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Create(2, [0], []));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Create(2, [2], [0]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Create(2, [-1], [0]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Create(2, [0], [-2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.Create(2, [0], [0]).ArgmaxPoint(2));
    }
}
