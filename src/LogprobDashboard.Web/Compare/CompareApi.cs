using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

internal static class CompareApi
{
    public static void MapCompare(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id}").WithTags("Figures");
        run.MapGet("/metrics", MetricsAsync).WithName("GetMetrics").WithSummary("The figures of a run for one label against the rest. Rules: maxF1, maxFBeta:2, precision:0.95, recall:0.9, cost:1,5, rate:0.05.").CanFail(400, 404, 422);
        run.MapGet("/curve", CurveAsync).WithName("GetCurve").WithSummary("The points of a curve; pr and roc are thinned to points, where given, without moving their shape.").CanFail(400, 404, 422);
    }

    private static Task<RunMetrics> MetricsAsync(
        string id,
        [Description("The positive label; the experiment's if left out.")] string? positive,
        [Description("An operating point in log odds; not together with rule.")] string? threshold,
        [Description("A rule that picks the operating point; maxF1 if left out.")] string? rule,
        string? source,
        CompareQueries compare,
        CancellationToken cancellationToken) =>
        compare.MetricsAsync(id, new MetricsRequest(positive, Threshold(threshold, rule), rule, source), cancellationToken);

    private static double? Threshold(string? text, string? rule)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!string.IsNullOrEmpty(rule))
            throw UserErrorException.Field("threshold", "Both a threshold and a rule were given.", "Give one of them.", UserErrorKind.Malformed);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && double.IsFinite(threshold)
            ? threshold
            : throw UserErrorException.Field("threshold", $"\"{text}\" is not a number.", "Give log odds with a decimal point, as 0 or 2.5.", UserErrorKind.Malformed);
    }

    private static Task<CurveRecord> CurveAsync(string id, string? kind, string? positive, int? points, string? source, CompareQueries compare, CancellationToken cancellationToken) =>
        compare.CurveAsync(id, QueryEnum.Parse(kind, CurveKind.Pr, "kind"), positive, points, source, cancellationToken);
}
