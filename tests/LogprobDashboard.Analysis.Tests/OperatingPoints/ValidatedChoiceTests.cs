using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.OperatingPoints;

public sealed class ValidatedChoiceTests
{
    private static readonly double[] Scores = [.. Enumerable.Range(0, 60).Select(i => i % 13 == 5 ? double.NegativeInfinity : (i * 37 % 61) / 10.0)];
    private static readonly bool[] Positive = [.. Enumerable.Range(0, 60).Select(i => (i * 37 % 61) + (i % 7 * 5) > 45)];

    [Fact]
    public void Holdout_JudgesOnTheHeldPartAlone()
    {
        var held = StratifiedFolds.Holdout([.. Positive.Select(yes => yes ? 1 : 0)], 0.4, 9);
        var choice = ValidatedChoice.Holdout(new MaxFBeta(), Scores, Positive, 0.4, 9);

        var chosen = new MaxFBeta().Choose(Ranked(i => !held[i]))!;
        Assert.Equal(chosen, choice.Chosen);
        Assert.Equal(OperatingPoint.At(Ranked(i => held[i]), chosen.Threshold!.Value), choice.Judged);
        Assert.Equal(held.Select(isHeld => isHeld ? 0 : -1), choice.JudgedBy);
        Assert.Equal(60, choice.Chosen!.Positives + choice.Chosen.Negatives + choice.Judged!.Positives + choice.Judged.Negatives);
    }

    [Fact]
    public void CrossValidated_JudgesEverySampleOnceByAThresholdThatOthersChose()
    {
        var foldOf = StratifiedFolds.Create([.. Positive.Select(yes => yes ? 1 : 0)], 5, 2);
        var choice = ValidatedChoice.CrossValidated(new MaxFBeta(), Scores, Positive, 5, 2);

        var points = Enumerable.Range(0, 5).Select(fold => OperatingPoint.At(Ranked(i => foldOf[i] == fold), new MaxFBeta().Choose(Ranked(i => foldOf[i] != fold))!.Threshold!.Value)).ToList();
        Assert.Equal(points.Sum(point => point.TruePositives), choice.Judged!.TruePositives);
        Assert.Equal(points.Sum(point => point.FalsePositives), choice.Judged.FalsePositives);
        Assert.Equal((Positive.Count(yes => yes), 60), (choice.Judged.Positives, choice.Judged.Positives + choice.Judged.Negatives));
        Assert.Equal(points.Select(point => point.Threshold), choice.Thresholds);
        Assert.Equal(foldOf, choice.JudgedBy);
        Assert.Equal(new MaxFBeta().Choose(Ranked(_ => true)), choice.Chosen);
    }

    [Fact]
    public void Choice_OfARuleThatNoThresholdSatisfies_IsNotDefined()
    {
        double[] scores = [1, 2, 3, 4];
        var choice = ValidatedChoice.Holdout(new PrecisionAtLeast(1), scores, [true, true, false, false], 0.5, 1);

        Assert.Equal((null, null), (choice.Chosen, choice.Judged));
        Assert.Empty(choice.JudgedBy);
        Assert.Null(ValidatedChoice.CrossValidated(new PrecisionAtLeast(1), scores, [true, true, false, false], 2, 1).Judged);
    }

    private static RankedScores Ranked(Func<int, bool> isIn)
    {
        var scored = Enumerable.Range(0, 60).Where(i => isIn(i) && double.IsFinite(Scores[i])).ToList();
        var rest = Enumerable.Range(0, 60).Where(i => isIn(i) && !double.IsFinite(Scores[i])).ToList();
        return RankedScores.Create([.. scored.Select(i => Scores[i])], [.. scored.Select(i => Positive[i])], rest.Count(i => Positive[i]), rest.Count(i => !Positive[i]));
    }
}
