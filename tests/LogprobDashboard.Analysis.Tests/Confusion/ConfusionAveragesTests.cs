using CsCheck;
using LogprobDashboard.Analysis.Confusion;

namespace LogprobDashboard.Analysis.Tests.Confusion;

public sealed class ConfusionAveragesTests
{
    private static readonly Gen<ConfusionMatrix> Matrix =
        from labels in Gen.Int[2, 6]
        from samples in Gen.Select(Gen.Int[0, labels - 1], Gen.Int[-1, labels - 1]).Array[0, 60]
        select ConfusionMatrix.Create(labels, [.. samples.Select(sample => sample.Item1)], [.. samples.Select(sample => sample.Item2)]);

    /// <summary>Worked by hand: a is right twice and taken for b once; b is right once and unscorable once; c is neither there nor predicted.</summary>
    [Fact]
    public void Averages_OfASmallMatrix_AreTheOnesWorkedByHand()
    {
        var matrix = ConfusionMatrix.Create(3, [0, 0, 0, 1, 1], [0, 0, 1, 1, -1]);
        var (macro, weighted) = (ConfusionAverages.Macro(matrix), ConfusionAverages.Weighted(matrix));
        Assert.Equal((1 + 0.5) / 2, macro.Precision!.Value, 1e-12);
        Assert.Equal(((2 / 3.0) + 0.5) / 2, macro.Recall!.Value, 1e-12);
        Assert.Equal((0.8 + 0.5) / 2, macro.F1!.Value, 1e-12);
        Assert.Equal(((3 * 1) + (2 * 0.5)) / 5, weighted.Precision!.Value, 1e-12);
        Assert.Equal(3 / 5.0, weighted.Recall!.Value, 1e-12);
        Assert.Equal(((3 * 0.8) + (2 * 0.5)) / 5, weighted.F1!.Value, 1e-12);
    }

    /// <summary>Three of four predictions are right, of five samples; sklearn's precision_recall_fscore_support(average="micro", labels=[0, 1, 2]) of the same.</summary>
    [Fact]
    public void MicroAverages_WithAnUnscorableSample_LoseRecallAlone()
    {
        var micro = ConfusionAverages.Micro(ConfusionMatrix.Create(3, [0, 0, 0, 1, 1], [0, 0, 1, 1, -1]));
        Assert.Equal((0.75, 0.6), (micro.Precision!.Value, micro.Recall!.Value));
        Assert.Equal(2 / 3.0, micro.F1!.Value, 1e-12);
        Assert.Equal(new(null, null, null), ConfusionAverages.Micro(ConfusionMatrix.Create(2, [], [])));
    }

    [Fact]
    public void Averages_OfALabelThatWasNeverPredicted_CountItAsZero() =>
        Assert.Equal(0.25, ConfusionAverages.Macro(ConfusionMatrix.Create(2, [0, 1], [0, 0])).Precision!.Value, 1e-12);

    [Fact]
    public void Averages_AgreeWithAccuracyAndMacroF1() => Matrix.Sample(matrix =>
    {
        Near(matrix.MacroF1, ConfusionAverages.Macro(matrix).F1);
        Near(matrix.Accuracy, ConfusionAverages.Weighted(matrix).Recall);
        Near(matrix.Accuracy, ConfusionAverages.Micro(matrix).Recall);
    });

    [Fact]
    public void Averages_OfNoSample_AreNotDefined() => Assert.Equal(new(null, null, null), ConfusionAverages.Macro(ConfusionMatrix.Create(2, [], [])));

    private static void Near(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, 1e-12);
    }
}
