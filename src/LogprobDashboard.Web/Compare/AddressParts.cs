using System.Globalization;
using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Compare;

/// <summary>The parts of a compare page's address: what is allowed, and how it is written. Numbers in invariant culture.</summary>
internal static class AddressParts
{
    public static readonly IReadOnlyDictionary<string, double> NoThresholds = new Dictionary<string, double>();

    private const int LongestId = 64;
    private const int LongestWords = 200;
    private const double FarthestZoom = 1e6;

    public static string[] Split(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public static string? Id(string? text) => text is not null && IsId(text) ? text : null;

    /// <summary>As many as a chart shows.</summary>
    public static IReadOnlyList<string> Ids(IEnumerable<string> texts) => [.. texts.Where(IsId).Distinct(StringComparer.Ordinal).Take(SeriesPalette.Count)];

    /// <summary>A column or a value, as the dataset has it.</summary>
    public static string? Words(string? text) => text is { Length: > 0 and <= LongestWords } ? text : null;

    public static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static string Write(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public static IReadOnlyDictionary<string, double> Thresholds(IReadOnlyDictionary<string, double> thresholds) => thresholds
        .Where(run => IsId(run.Key) && TypedThreshold.IsAllowed(run.Value))
        .OrderBy(run => run.Key, StringComparer.Ordinal)
        .Take(SeriesPalette.Count)
        .ToDictionary(run => run.Key, run => run.Value);

    /// <summary>As "run:threshold,run:threshold".</summary>
    public static IReadOnlyDictionary<string, double> ReadThresholds(string? text)
    {
        var read = new Dictionary<string, double>();
        foreach (var part in Split(text))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && Number(part[(colon + 1)..]) is { } threshold)
                read.TryAdd(part[..colon], threshold);
        }

        return read;
    }

    public static bool IsZoom(CompareZoom? zoom) => zoom is not null && IsSpan(zoom.XMin, zoom.XMax) && IsSpan(zoom.YMin, zoom.YMax);

    /// <summary>As "x from, x to, y from, y to".</summary>
    public static CompareZoom? ReadZoom(string? text) =>
        Split(text).Select(Number).ToList() is [{ } xMin, { } xMax, { } yMin, { } yMax] ? new CompareZoom(xMin, xMax, yMin, yMax) : null;

    private static bool IsSpan(double from, double to) => from >= -FarthestZoom && to <= FarthestZoom && to - from > 1e-9;
}
