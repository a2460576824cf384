namespace LogprobDashboard.Analysis.Ranking;

/// <summary>
/// Picks the points that draw the same curve. Between two kept points the drawn piece stays within the returned deviation of every point left out (for steps in
/// the larger of both axes' distances, for lines perpendicular);
/// the piece with the largest deviation is split at its farthest point, again and again, until the number of points is used up or nothing deviates. First and
/// last points always stay.
/// With 400 points the deviation is typically below 0.005 of the axis, whatever the number of points: a pixel or two.
/// </summary>
public static class CurveThinning
{
    /// <summary>Thins a precision-recall curve as <see cref="RankedScores.PrecisionRecallCurve"/> gives it.</summary>
    /// <param name="points">The curve, by ascending recall.</param>
    /// <param name="maxPoints">How many points may stay, 2 or more; the points of <paramref name="keep"/> stay even where they are more.</param>
    /// <param name="keep">Indexes that must stay: the argmax point, the chosen one; in any order.</param>
    /// <returns>The indexes that stay, ascending, each once; all where there are no more than <paramref name="maxPoints"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxPoints"/> is below 2, or an index is out of range.</exception>
    public static IReadOnlyList<int> Thin(IReadOnlyList<PrecisionRecallPoint> points, int maxPoints, ReadOnlySpan<int> keep = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Thin([.. points.Select(point => point.Recall)], [.. points.Select(point => point.Precision)], CurveShape.Step, maxPoints, keep).Kept;
    }

    /// <summary>Thins a ROC curve as <see cref="RankedScores.RocCurve"/> gives it.</summary>
    /// <inheritdoc cref="Thin(IReadOnlyList{PrecisionRecallPoint}, int, ReadOnlySpan{int})"/>
    public static IReadOnlyList<int> Thin(IReadOnlyList<RocPoint> points, int maxPoints, ReadOnlySpan<int> keep = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Thin([.. points.Select(point => point.FalsePositiveRate)], [.. points.Select(point => point.TruePositiveRate)], CurveShape.Line, maxPoints, keep).Kept;
    }

    /// <summary>Thins any curve whose x does not descend.</summary>
    /// <param name="x">The points' x, not descending; the axes should be of about the same length, since distances along both are compared.</param>
    /// <param name="y">The points' y.</param>
    /// <param name="shape">How the curve is drawn.</param>
    /// <param name="maxPoints">How many points may stay, 2 or more; the points of <paramref name="keep"/> stay even where they are more.</param>
    /// <param name="keep">Indexes that must stay, in any order.</param>
    /// <returns>The indexes that stay, ascending, each once, and the largest distance of a point left out from the piece drawn in its place (0 where none
    /// deviates).</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxPoints"/> is below 2, or an index is out of range.</exception>
    public static (IReadOnlyList<int> Kept, double Deviation) Thin(ReadOnlySpan<double> x, ReadOnlySpan<double> y, CurveShape shape, int maxPoints, ReadOnlySpan<int> keep = default)
    {
        if (x.Length != y.Length)
            throw new ArgumentException("There must be as many x as y.", nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 2);
        foreach (var index in keep)
            if ((uint)index >= (uint)x.Length)
                throw new ArgumentOutOfRangeException(nameof(keep), index, "There is no such point.");
        if (x.Length <= maxPoints)
            return (Enumerable.Range(0, x.Length).ToArray(), 0);

        var kept = new SortedSet<int>(keep.ToArray()) { 0, x.Length - 1 };
        var pieces = new PriorityQueue<CurvePiece, double>();
        var start = 0;
        foreach (var end in kept.Skip(1))
        {
            Queue(pieces, CurvePiece.Between(x, y, shape, start, end));
            start = end;
        }

        while (kept.Count < maxPoints && pieces.TryDequeue(out var piece, out _))
        {
            kept.Add(piece.Farthest);
            Queue(pieces, CurvePiece.Between(x, y, shape, piece.Start, piece.Farthest));
            Queue(pieces, CurvePiece.Between(x, y, shape, piece.Farthest, piece.End));
        }

        return ([.. kept], pieces.TryPeek(out var worst, out _) ? worst.Deviation : 0);
    }

    private static void Queue(PriorityQueue<CurvePiece, double> pieces, CurvePiece piece)
    {
        if (piece.Deviation > 0)
            pieces.Enqueue(piece, -piece.Deviation);
    }
}
