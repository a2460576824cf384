using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>A precision-recall curve in fewer points, without moving its shape. Thinned once: a threshold that is moved over it only adds its own point.</summary>
internal sealed class ThinnedCurve
{
    private readonly RankedScores _ranked;
    private readonly int[] _kept;

    private ThinnedCurve(RankedScores ranked, int[] kept, IReadOnlyList<PrecisionRecallPoint> points) => (_ranked, _kept, Points) = (ranked, kept, points);

    /// <summary>By ascending recall.</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points { get; }

    /// <param name="ranked">The ranking.</param>
    /// <param name="maxPoints">2 or more.</param>
    /// <param name="keep">A threshold whose point stays; null: none.</param>
    public static ThinnedCurve Of(RankedScores ranked, int maxPoints, double? keep)
    {
        var curve = ranked.PrecisionRecallCurve();
        int[] kept = [.. CurveThinning.Thin(curve, maxPoints, IndexOf(ranked, keep) is { } index ? [index] : [])];
        return new(ranked, kept, [.. kept.Select(place => curve[place])]);
    }

    /// <summary>The points, with that of a threshold among them.</summary>
    public IReadOnlyList<PrecisionRecallPoint> With(double? threshold)
    {
        if (IndexOf(_ranked, threshold) is not { } index || Array.BinarySearch(_kept, index) >= 0)
            return Points;
        var at = ~Array.BinarySearch(_kept, index);
        return [.. Points.Take(at), _ranked.PrecisionRecallAt(index - 1), .. Points.Skip(at)];
    }

    /// <summary>The place on the curve, which begins with the end at recall 0; null where it has none.</summary>
    private static int? IndexOf(RankedScores ranked, double? threshold) =>
        ranked.IsDefined && threshold is { } value && ranked.PlaceOf(value) is >= 0 and var place ? place + 1 : null;
}
