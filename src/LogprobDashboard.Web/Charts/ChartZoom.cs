namespace LogprobDashboard.Web.Charts;

/// <summary>Looking closer at a part of a chart. Every part that is shown has round ends, so that its ticks can be read.</summary>
public static class ChartZoom
{
    /// <summary>Closer than this share of the whole there is nothing to see.</summary>
    private const double Closest = 1e-4;

    public static ChartRange Whole(ChartDefinition chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new ChartRange(chart.X.Min, chart.X.Max, chart.Y.Min, chart.Y.Max);
    }

    /// <summary>The part that is shown where this one is asked for: moved into the whole where it sticks out, with round ends. Null shows the whole: the part is all of it, or too small.</summary>
    public static ChartRange? Rounded(ChartRange whole, ChartRange part)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(part);
        var (xMin, xMax) = Within(whole.XMin, whole.XMax, part.XMin, part.XMax);
        var (yMin, yMax) = Within(whole.YMin, whole.YMax, part.YMin, part.YMax);
        if (!(xMax - xMin > Closest * (whole.XMax - whole.XMin)) || !(yMax - yMin > Closest * (whole.YMax - whole.YMin)))
            return null;
        var (x, y) = (ChartScale.Around("", xMin, xMax), ChartScale.Around("", yMin, yMax));
        return x.Min <= whole.XMin && x.Max >= whole.XMax && y.Min <= whole.YMin && y.Max >= whole.YMax ? null : new ChartRange(x.Min, x.Max, y.Min, y.Max);
    }

    /// <summary>Half as far in each direction about the middle; null where nothing is to be seen so close.</summary>
    public static ChartRange? In(ChartRange whole, ChartRange? shown) => Scaled(whole, shown ?? whole, 0.5) is { } closer && closer != shown ? closer : null;

    /// <summary>Twice as far in each direction about the middle; null is the whole.</summary>
    public static ChartRange? Out(ChartRange whole, ChartRange? shown) => shown is null ? null : Scaled(whole, shown, 2);

    /// <summary>The chart with that part of it shown: all of it where the part is none.</summary>
    public static ChartDefinition Zoomed(this ChartDefinition chart, ChartRange? part)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return part is not null && Rounded(Whole(chart), part) is { } shown ? chart with { X = chart.X.Zoomed(shown.XMin, shown.XMax), Y = chart.Y.Zoomed(shown.YMin, shown.YMax) } : chart;
    }

    private static (double From, double To) Within(double least, double most, double from, double to)
    {
        var span = to - from;
        if (span >= most - least)
            return (least, most);
        return from < least ? (least, least + span) : to > most ? (most - span, most) : (from, to);
    }

    private static ChartRange? Scaled(ChartRange whole, ChartRange shown, double factor)
    {
        var (x, y) = ((shown.XMin + shown.XMax) / 2, (shown.YMin + shown.YMax) / 2);
        var (across, up) = ((shown.XMax - shown.XMin) / 2 * factor, (shown.YMax - shown.YMin) / 2 * factor);
        return Rounded(whole, new ChartRange(x - across, x + across, y - up, y + up));
    }
}
