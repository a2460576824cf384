using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>How long a server asks to be left alone, in the ways that servers say it.</summary>
internal static partial class RetryAfterReading
{
    /// <summary>A server that asks for more is asked again after this: the day's end of one account need not be that of a run.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <returns>Null where nothing is said, or where it is not clear what is meant.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, ErrorBody error, DateTimeOffset now)
    {
        var wait = Milliseconds(headers) ?? Standard(headers, now) ?? Exhausted(headers, "requests") ?? Exhausted(headers, "tokens") ?? error.RetryDelay ?? InWords(error.Message);
        return wait is not { } found ? null : found < TimeSpan.Zero ? TimeSpan.Zero : found > Longest ? Longest : found;
    }

    /// <summary>A duration with its units: <c>34s</c>, <c>6m0s</c>, <c>1.5s</c>, <c>20ms</c>.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (!DurationShape().IsMatch(text))
            return null;
        var total = 0.0;
        foreach (Match part in DurationPart().Matches(text))
            total += double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * SecondsIn(part.Groups[2].Value);
        return Seconds(total);
    }

    private static TimeSpan? Milliseconds(HttpResponseHeaders headers) =>
        First(headers, "retry-after-ms") is { } text && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) ? Seconds(milliseconds / 1000) : null;

    private static TimeSpan? Standard(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is { Delta: { } delta })
            return delta;
        if (headers.RetryAfter is { Date: { } date })
            return date - (headers.Date ?? now); // by the server's own clock
        return First(headers, "Retry-After") is { } text // a fraction of a second, which the standard does not know
            ? double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? Seconds(seconds) : Duration(text)
            : null;
    }

    /// <summary>OpenAI's allowance of the minute, where it is used up.</summary>
    private static TimeSpan? Exhausted(HttpResponseHeaders headers, string what) =>
        First(headers, $"x-ratelimit-remaining-{what}") == "0" && First(headers, $"x-ratelimit-reset-{what}") is { } text ? Duration(text) : null;

    private static TimeSpan? InWords(string message) =>
        Words().Match(message) is { Success: true } match && double.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? Seconds(number * SecondsIn(match.Groups[2].Value))
            : null;

    private static double SecondsIn(string unit) => unit.ToUpperInvariant() switch
    {
        "MS" => 0.001,
        "M" or "MIN" or "MINUTE" or "MINUTES" => 60,
        "H" or "HOUR" or "HOURS" => 3600,
        _ => 1,
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1_000_000));

    private static string? First(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    [GeneratedRegex(@"^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationShape();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|s|m|h)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();

    [GeneratedRegex(@"(?:try again|retry|wait)(?: in| after| for)? (\d+(?:\.\d+)?) ?(ms|seconds?|s|minutes?|min|m|hours?|h)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
