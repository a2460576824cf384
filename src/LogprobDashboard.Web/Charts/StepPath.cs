using System.Globalization;
using System.Text;

namespace LogprobDashboard.Web.Charts;

/// <summary>SVG path data of a curve whose values hold from the point before up to their own x, in the unit square.</summary>
public static class StepPath
{
    /// <summary>A path in a box of the given size. The points ascend in x; x and y are from 0 to 1.</summary>
    public static string Of(IEnumerable<(double X, double Y)> points, double width, double height)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            var across = Coordinate(x * width);
            var down = Coordinate((1 - y) * height);
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? $"M{across} {down}" : $"V{down}H{across}")}");
        }

        return path.ToString();
    }

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
