using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Compare;

internal static class CompareApi
{
    public static void MapCompare(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id}").WithTags("Figures");
        run.MapGet("/metrics", MetricsAsync).WithName("GetMetrics").WithSummary("The figures of a run for one label against the rest. Rules: maxF1, maxFBeta:2, precision:0.95, recall:0.9, cost:1,5, rate:0.05.").CanFail(400, 404, 422);
        run.MapGet("/curve", CurveAsync).WithName("GetCurve").WithSummary("The points of a curve; pr and roc are thinned to points, where given, without moving their shape.").CanFail(400, 404, 422);
        run.MapGet("/decision", DecisionAsync).WithName("GetDecision").WithSummary("A threshold as it is to be used in production: labels, label words, prompt, model, the threshold, and the precision and recall to expect, with intervals.").CanFail(400, 404, 422);

        var compare = api.MapGroup("/experiments/{id}/compare").WithTags("Figures");
        compare.MapGet("/", CompareAsync).WithName("CompareRuns").WithSummary("Up to eight runs with their figures and intervals, and each against a baseline: differences by a paired bootstrap, McNemar's test, a verdict. Several comparisons are Holm-corrected.").CanFail(400, 404, 422);
        compare.MapGet("/curves.csv", CurvesFileAsync).WithName("GetCurvesFile").WithSummary("Every point of the precision-recall curves of up to eight runs, as CSV.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapGet("/figures.csv", FiguresFileAsync).WithName("GetFiguresFile").WithSummary("The figures of up to eight runs, a row a run, as CSV.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapGet("/labels.csv", LabelsFileAsync).WithName("GetLabelsFile").WithSummary("The figures of every label of up to eight runs, the means first, as CSV; empty with two labels.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
    }

    private static Task<RunMetrics> MetricsAsync(
        string id,
        [Description("The positive label; the experiment's if left out.")] string? positive,
        [Description("An operating point in log odds; not together with rule.")] string? threshold,
        [Description("A rule that picks the operating point; maxF1 if left out.")] string? rule,
        string? source,
        [Description("How many bootstrap resamples the intervals come from; 1,000 if left out, 0 for none.")] int? resamples,
        [Description("Of the bootstrap; 0 if left out.")] long? seed,
        CompareQueries compare,
        CancellationToken cancellationToken) =>
        compare.MetricsAsync(id, new MetricsRequest(positive, Threshold(threshold, rule), rule, source, Resampling(resamples, seed)), cancellationToken);

    private static async Task<Ok<Decision>> DecisionAsync(
        string id,
        [Description("The positive label; the experiment's if left out.")] string? positive,
        [Description("An operating point in log odds; not together with rule.")] string? threshold,
        [Description("A rule that picks the operating point; maxF1 if left out.")] string? rule,
        [Description("Of the bootstrap and the folds; 0 if left out.")] long? seed,
        HttpResponse response,
        DecisionQueries decisions,
        CancellationToken cancellationToken)
    {
        var decision = await decisions.OfAsync(id, new MetricsRequest(positive, Threshold(threshold, rule), rule, Resampling: Resampling(null, seed)), cancellationToken);
        response.Headers.ContentDisposition = $"attachment; filename=\"run-{decision.RunId}-decision.json\"";
        return TypedResults.Ok(decision);
    }

    private static Task<RunComparison> CompareAsync(
        string id,
        [AsParameters] Choices choices,
        [Description("The run that the others are held against.")] string? baseline,
        [Description("How many bootstrap resamples; 1,000 if left out, 0 for none.")] int? resamples,
        [Description("Of the bootstrap; 0 if left out.")] long? seed,
        ComparisonQueries comparisons,
        CancellationToken cancellationToken) =>
        comparisons.CompareAsync(id, new ComparisonRequest(RunIds(choices), baseline, choices.Positive, choices.Rule, Threshold(choices.Threshold, choices.Rule), Resampling(resamples, seed)), cancellationToken);

    private static ResamplingRequest Resampling(int? resamples, long? seed) => resamples is < 0 or > ResamplingRequest.MostResamples
        ? throw UserErrorException.Field("resamples", $"{resamples} resamples cannot be drawn.", $"Give 0 to {ResamplingRequest.MostResamples}.", UserErrorKind.Malformed)
        : new ResamplingRequest(resamples ?? new ResamplingRequest().Resamples, seed ?? 0);

    private static List<string> RunIds(Choices choices) => [.. (choices.Runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

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

    private static async Task<IResult> CurvesFileAsync(string id, [AsParameters] Choices choices, CompareQueries compare, CancellationToken cancellationToken) =>
        CompareExport.Curves(await ViewAsync(id, choices, CompareRequest.AllPoints, compare, cancellationToken));

    private static async Task<IResult> FiguresFileAsync(string id, [AsParameters] Choices choices, CompareQueries compare, CancellationToken cancellationToken) =>
        CompareExport.Figures(await ViewAsync(id, choices, FewPoints, compare, cancellationToken));

    private static async Task<IResult> LabelsFileAsync(string id, [AsParameters] Choices choices, CompareQueries compare, CancellationToken cancellationToken) =>
        CompareExport.Labels(await ViewAsync(id, choices, FewPoints, compare, cancellationToken));

    private const int FewPoints = 2;

    /// <summary>As the page reads it, but nonsense is refused, not passed over: a file must be what was asked for.</summary>
    private static async Task<CompareView> ViewAsync(string id, Choices choices, int points, CompareQueries compare, CancellationToken cancellationToken)
    {
        var runs = RunIds(choices);
        if (runs.Count > CompareQueries.MostRuns)
            throw UserErrorException.Field("runs", $"{runs.Count} runs were given.", $"Give {CompareQueries.MostRuns} at most.", UserErrorKind.Malformed);
        if (!string.IsNullOrEmpty(choices.Rule) && !ThresholdRule.TryParse(choices.Rule, out _, out var problem))
            throw UserErrorException.Field("rule", $"\"{choices.Rule}\" is not a rule.", problem!, UserErrorKind.Malformed);
        var view = await compare.ViewAsync(id, new CompareRequest(runs, choices.Positive, choices.Rule, points, Threshold(choices.Threshold, choices.Rule)), cancellationToken);
        if (runs.FirstOrDefault(run => view.Runs.All(shown => shown.RunId != run)) is { } stranger)
            throw UserErrorException.NotFound("run of this experiment", stranger);
        if (!string.IsNullOrEmpty(choices.Positive) && choices.Positive != view.PositiveLabel)
            throw UserErrorException.Field("positive", $"\"{choices.Positive}\" is not one of the labels.", $"Use one of {string.Join(", ", view.Labels)}.");
        return view;
    }

    private sealed record Choices(
        [property: Description("Ids of runs, separated by commas; the latest completed run of each variant if left out.")] string? Runs,
        [property: Description("The positive label; the experiment's if left out.")] string? Positive,
        [property: Description("An operating point in log odds, of every run; not together with rule.")] string? Threshold,
        [property: Description("A rule that picks each run's operating point; maxF1 if left out.")] string? Rule);
}
