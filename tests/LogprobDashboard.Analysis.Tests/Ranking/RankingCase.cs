using CsCheck;

using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

/// <summary>A drawn ranking problem: scores with and without ties, far apart and next to each other, unscorable samples.</summary>
public sealed record RankingCase(double[] Scores, bool[] IsPositive, int UnscorablePositives, int UnscorableNegatives)
{
    private static readonly Gen<double> AnyScore = Gen.Frequency(
        (5, Gen.Int[-3, 3].Select(score => (double)score)),
        (5, Gen.Double[-700, 700]),
        (1, Gen.OneOfConst(double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 0.0, -0.0, 1e-300, 1 + 2.3e-16)));

    public static Gen<RankingCase> Any { get; } = Draw(AnyScore, 0, 40, Gen.Int[0, 3]);

    /// <summary>At least one positive and one negative, no two scores alike, all scored.</summary>
    public static Gen<RankingCase> WithoutTies { get; } =
        from size in Gen.Int[2, 40]
        from order in Gen.Shuffle(Enumerable.Range(0, size).Select(place => (double)place).ToArray())
        from isPositive in Gen.Bool.Array[size]
        select new RankingCase(order, [true, false, .. isPositive[2..]], 0, 0);

    public RankedScores Rank() => RankedScores.Create(Scores, IsPositive, UnscorablePositives, UnscorableNegatives);

    public RankingCase Permute(int[] order) =>
        this with { Scores = [.. order.Select(place => Scores[place])], IsPositive = [.. order.Select(place => IsPositive[place])] };

    /// <summary>Scores with the unscorable samples below all others, for the definitions done the slow way.</summary>
    public (int Rank, bool IsPositive)[] Ranks()
    {
        var levels = Scores.Select(score => score + 0.0).Distinct().Order().ToList();
        return
        [
            .. Scores.Select((score, place) => (levels.IndexOf(score + 0.0), IsPositive[place])),
            .. Enumerable.Repeat((-1, true), UnscorablePositives),
            .. Enumerable.Repeat((-1, false), UnscorableNegatives),
        ];
    }

    public override string ToString() =>
        $"scores [{string.Join(", ", Scores.Select(score => score.ToString("R", null)))}], positive [{string.Join(", ", IsPositive)}], unscorable {UnscorablePositives}, {UnscorableNegatives}";

    private static Gen<RankingCase> Draw(Gen<double> score, int least, int most, Gen<int> unscorable) =>
        from size in Gen.Int[least, most]
        from scores in score.Array[size]
        from isPositive in Gen.Bool.Array[size]
        from positives in unscorable
        from negatives in unscorable
        select new RankingCase(scores, isPositive, positives, negatives);
}
