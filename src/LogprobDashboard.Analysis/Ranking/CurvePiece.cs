namespace LogprobDashboard.Analysis.Ranking;

/// <summary>What is drawn between two kept points, and the point between them that is farthest from it.</summary>
internal readonly record struct CurvePiece(int Start, int End, int Farthest, double Deviation)
{
    public static CurvePiece Between(ReadOnlySpan<double> x, ReadOnlySpan<double> y, CurveShape shape, int start, int end)
    {
        var (farthest, deviation) = (start, 0.0);
        for (var index = start + 1; index < end; index++)
        {
            var distance = shape == CurveShape.Step
                ? FromStep(x[index], y[index], x[start], y[start], y[end])
                : FromLine(x[index] - x[start], y[index] - y[start], x[end] - x[start], y[end] - y[start]);
            if (distance > deviation)
                (farthest, deviation) = (index, distance);
        }

        return new(start, end, farthest, deviation);
    }

    /// <summary>To the upright from (startX, startY) to endY, or to the level line that goes on from there, whichever is nearer. The corners of the full curve
    /// are never farther than its points.</summary>
    private static double FromStep(double x, double y, double startX, double startY, double endY)
    {
        var beyond = Math.Max(Math.Max(Math.Min(startY, endY) - y, y - Math.Max(startY, endY)), 0);
        return Math.Min(Math.Max(x - startX, beyond), Math.Abs(y - endY));
    }

    /// <summary>To the segment from the origin to (endX, endY).</summary>
    private static double FromLine(double x, double y, double endX, double endY)
    {
        var squaredLength = (endX * endX) + (endY * endY);
        var along = squaredLength > 0 ? Math.Clamp(((x * endX) + (y * endY)) / squaredLength, 0, 1) : 0;
        return Math.Sqrt(Square(x - (along * endX)) + Square(y - (along * endY)));
    }

    private static double Square(double value) => value * value;
}
