using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>Spends a number of points on the part of a curve that is looked at.</summary>
internal static class CurveWindow
{
    /// <summary>The indexes that stay, ascending. Of the part before and after the span one point each stays, so that lines lead in and out.</summary>
    /// <param name="x">Ascending.</param>
    /// <param name="y">One an x.</param>
    /// <param name="shape">How the curve is drawn.</param>
    /// <param name="request">How many points, and where.</param>
    /// <param name="keep">Indexes that stay where they are in the span.</param>
    public static IReadOnlyList<int> Thin(double[] x, double[] y, CurveShape shape, CurvesRequest request, IEnumerable<int> keep)
    {
        var (start, end) = Part(x, request.Span);
        if (end - start < 2)
            return [.. Enumerable.Range(start, end - start)];
        int[] inside = [.. keep.Where(index => index >= start && index < end).Select(index => index - start)];
        return [.. CurveThinning.Thin(x[start..end], y[start..end], shape, request.MaxPoints, inside).Kept.Select(index => index + start)];
    }

    /// <summary>From the last point before the span to the first after it.</summary>
    public static (int Start, int End) Part(double[] x, CurveSpan? span)
    {
        if (span is null)
            return (0, x.Length);
        var start = Array.FindIndex(x, value => value >= span.From);
        var end = Array.FindLastIndex(x, value => value <= span.To);
        return (Math.Max(0, (start < 0 ? x.Length : start) - 1), Math.Min(x.Length, end + 2));
    }
}
