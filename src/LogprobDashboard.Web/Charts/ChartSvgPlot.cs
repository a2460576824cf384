using System.Globalization;
using System.Text;

namespace LogprobDashboard.Web.Charts;

/// <summary>Where a chart's values lie in a square of <see cref="Size"/> that is stretched to whatever room there is, as SVG path data. No script draws it.</summary>
public sealed class ChartSvgPlot(ChartDefinition chart)
{
    public const double Size = 1000;

    /// <summary>How many places across the chart can be pointed at to read its values.</summary>
    private const int Strips = 60;

    public double Across(double x) => (x - chart.X.Min) / (chart.X.Max - chart.X.Min) * Size;

    public double Down(double y) => (1 - ((y - chart.Y.Min) / (chart.Y.Max - chart.Y.Min))) * Size;

    public bool Holds(double x, double y) => x >= chart.X.Min && x <= chart.X.Max && y >= chart.Y.Min && y <= chart.Y.Max;

    /// <summary>The round numbers of an axis and where they are, in percent of its length from its beginning.</summary>
    public static IEnumerable<(string Text, double Percent)> Ticks(ChartAxis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        for (var tick = 0; tick <= axis.Ticks; tick++)
        {
            var share = (double)tick / axis.Ticks;
            var text = (axis.Min + (share * (axis.Max - axis.Min))).ToString("F" + axis.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            yield return (text.StartsWith('-') ? text.AsSpan(1).IndexOfAnyExcept("0.") < 0 ? text[1..] : "\u2212" + text[1..] : text, 100 * share);
        }
    }

    /// <summary>A step goes up at the point before and across to its own.</summary>
    public string Line(ChartSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Line == ChartLine.StepBefore
            ? Path(Steps(series.Points))
            : Path(series.Points.Select(point => (point.X, point.Y)));
    }

    /// <summary>Down to y = 0; the first step begins a step's width before its point.</summary>
    public string Area(ChartSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Points is not [var first, var second, ..])
            return "";
        var points = series.Points.Select(point => (point.X, point.Y));
        var from = series.Line == ChartLine.StepBefore ? first.X - (second.X - first.X) : first.X;
        var outline = series.Line == ChartLine.StepBefore ? Steps(series.Points).Prepend((from, first.Y)) : points;
        return Path([(from, 0), .. outline, (series.Points[^1].X, 0)]) + "Z";
    }

    public string Band(ChartBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        return band.Points.Count == 0 ? "" : Path([.. band.Points.Select(point => (point.X, point.Low)), .. band.Points.Reverse().Select(point => (point.X, point.High))]) + "Z";
    }

    public string Path(IEnumerable<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var path = new StringBuilder();
        foreach (var (x, y) in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(Across(x))).Append(' ').Append(Number(Down(y)));
        return path.ToString();
    }

    /// <summary>Upright strips beside each other, and what each series has in the middle of one.</summary>
    public IEnumerable<(double From, double Width, string Words)> Readings()
    {
        var series = chart.Series.Where(one => one.Points.Count > 0).ToList();
        if (series.Count == 0)
            yield break;
        for (var strip = 0; strip < Strips; strip++)
        {
            var x = chart.X.Min + ((strip + 0.5) / Strips * (chart.X.Max - chart.X.Min));
            yield return (Size * strip / Strips, Size / Strips, string.Join('\n', series.Select(one => $"{one.Name}: {Words(PointAt(one, x))}")));
        }
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static IEnumerable<(double X, double Y)> Steps(IReadOnlyList<ChartPoint> points)
    {
        for (var place = 0; place < points.Count; place++)
        {
            if (place > 0)
                yield return (points[place - 1].X, points[place].Y);
            yield return (points[place].X, points[place].Y);
        }
    }

    /// <summary>Of steps the point whose value holds there; of a straight line the nearest.</summary>
    private static ChartPoint PointAt(ChartSeries series, double x)
    {
        var points = series.Points;
        var (low, high) = (0, points.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].X >= x)
                high = middle;
            else
                low = middle + 1;
        }

        return series.Line == ChartLine.Straight && low > 0 && x - points[low - 1].X < points[low].X - x ? points[low - 1] : points[low];
    }

    private string Words(ChartPoint point) => string.Join(", ", chart.Columns.Zip(point.Values, (column, value) => $"{column} {value}"));
}
