namespace LogprobDashboard.Web.Charts;

/// <summary>Axes that begin and end at round numbers, with a few round ticks between.</summary>
public static class ChartScale
{
    /// <summary>For numbers of two digits.</summary>
    public const int ManyTicks = 12;

    private const int FewTicks = 8;
    private const double Hair = 1e-9;

    /// <summary>The axis that holds a span, with the finest round ticks of which there are no more than <paramref name="mostTicks"/>.</summary>
    /// <exception cref="ArgumentException">The span is not finite, or does not ascend.</exception>
    public static ChartAxis Around(string title, double from, double to, int mostTicks = FewTicks)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || !(from < to))
            throw new ArgumentException("A span must be finite and ascend.", nameof(to));
        var power = (int)Math.Floor(Math.Log10((to - from) / mostTicks));
        for (; ; power++)
        {
            foreach (var factor in new[] { 1, 2, 5 })
            {
                var (first, last) = (Floor(from, factor, power), Ceiling(to, factor, power));
                if (last - first <= mostTicks)
                    return new ChartAxis(title, Round(first, factor, power), Round(last, factor, power), (int)(last - first), Math.Max(0, -power));
            }
        }
    }

    /// <summary>The axis with another span of the same quantity.</summary>
    public static ChartAxis Zoomed(this ChartAxis axis, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(axis);
        return Around(axis.Title, from, to);
    }

    private static double Floor(double value, int factor, int power) => Math.Floor((value / factor * Math.Pow(10, -power)) + Hair);

    private static double Ceiling(double value, int factor, int power) => Math.Ceiling((value / factor * Math.Pow(10, -power)) - Hair);

    /// <summary>A multiple of a round step, without the digits that multiplying brings in.</summary>
    private static double Round(double multiple, int factor, int power) =>
        power < 0 ? Math.Round(multiple * factor / Math.Pow(10, -power), Math.Min(15, -power)) + 0.0 : (multiple * factor * Math.Pow(10, power)) + 0.0;
}
