using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

public sealed class MultiLabelSummaryTests
{
    [Fact]
    public void Create_LabelsWithoutBothClasses_AreNamed()
    {
        var summary = MultiLabelSummary.Create([
            RankedScores.Create([3, 2, 1], [true, false, false]),
            RankedScores.Create([3, 2, 1], [false, false, false]),
            RankedScores.Create([3, 2, 1], [false, true, true]),
            RankedScores.Create([3, 2, 1], [true, true, true]),
        ]);
        var second = (0.5 * 1 / 2) + (0.5 * 2 / 3);

        Assert.Equal((1 + second) / 2, summary.MacroAveragePrecision!.Value, 1e-12);
        Assert.Equal((1 + (2 * second)) / 3, summary.WeightedAveragePrecision!.Value, 1e-12);
        Assert.Equal([1, 3], summary.LeftOut);
    }

    [Fact]
    public void Create_NoLabelDefined_IsNotDefined()
    {
        var summary = MultiLabelSummary.Create([RankedScores.Create([], []), RankedScores.Create([1], [true])]);

        Assert.Equal((null, null), (summary.MacroAveragePrecision, summary.WeightedAveragePrecision));
        Assert.Equal([0, 1], summary.LeftOut);
    }

    [Fact]
    public void Micro_EveryPair_IsACase()
    {
        var ranked = MultiLabelSummary.Micro([3, 1, 0, 2, 4, -1], 3, [0, 0], unscorable: 2);

        Assert.Equal([4.0, 3, 2, 1, 0, -1], ranked.Thresholds);
        Assert.Equal([0, 1, 2, 2, 2, 2], ranked.TruePositives);
        Assert.Equal((2, 4), (ranked.UnscorablePositives, ranked.UnscorableNegatives));
    }

    [Fact]
    public void Micro_ImpossibleInput_Throws()
    {
        Assert.Throws<ArgumentException>(() => MultiLabelSummary.Micro([1, 2, 3], 2, [0]));
        Assert.Throws<ArgumentException>(() => MultiLabelSummary.Micro([1, 2], 2, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiLabelSummary.Micro([], 1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiLabelSummary.Micro([], 2, [], -1));
    }
}
