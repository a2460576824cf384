using System.ComponentModel;
using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;
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
        compare.MapGet("/curves.csv", CurvesFileAsync).WithName("GetCurvesFile").WithSummary("Every point of the curves of up to eight runs, as CSV. Kinds: precisionRecall, roc, reliability, riskCoverage, scores (counts of the positive label and the others in bins), thresholds (precision, recall and F1).").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapGet("/figures.csv", FiguresFileAsync).WithName("GetFiguresFile").WithSummary("The figures of up to eight runs, a row a run, as CSV.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapGet("/labels.csv", LabelsFileAsync).WithName("GetLabelsFile").WithSummary("The figures of every label of up to eight runs, the means first, as CSV; empty with two labels.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapCompareDetails();
    }

    private static Task<RunMetrics> MetricsAsync(
        string id,
        [Description("The positive label; the experiment's if left out.")] string? positive,
        [Description("An operating point in log odds; not together with rule.")] string? threshold,
        [Description("A rule that picks the operating point; maxF1 if left out.")] string? rule,
        string? source,
        [Description("The column that slice is a value of; the source's if left out.")] string? by,
        [Description("Only samples of this value of the column; not together with source.")] string? slice,
        [Description("Scored samples of a predictive entropy above this, in nats, are not judged.")] double? abstain,
        [Description("How many bootstrap resamples the intervals come from; 1,000 if left out, 0 for none.")] int? resamples,
        [Description("Of the bootstrap; 0 if left out.")] long? seed,
        CompareQueries compare,
        CancellationToken cancellationToken) =>
        compare.MetricsAsync(id, new MetricsRequest(positive, AskedComparison.ThresholdOf(threshold, rule), rule, source, Resampling(resamples, seed)) { Scope = AskedComparison.ScopeOf(by, slice, abstain) }, cancellationToken);

    private static async Task<Ok<Decision>> DecisionAsync(
        string id,
        [Description("The positive label; the experiment's if left out.")] string? positive,
        [Description("An operating point in log odds; not together with rule.")] string? threshold,
        [Description("A rule that picks the operating point; maxF1 if left out.")] string? rule,
        [Description("Of the bootstrap, the folds and the holdout; 0 if left out.")] long? seed,
        [Description("On which samples a rule's threshold is judged: same (those that chose it), or holdout.")] string? judging,
        [Description("The share that is held out, above 0 and below 1; 0.5 if left out.")] double? holdout,
        [Description("The column that slice is a value of; the source's if left out.")] string? by,
        [Description("Only samples of this value of the column.")] string? slice,
        [Description("Scored samples of a predictive entropy above this, in nats, are not judged.")] double? abstain,
        HttpResponse response,
        DecisionQueries decisions,
        CancellationToken cancellationToken)
    {
        var request = new MetricsRequest(positive, AskedComparison.ThresholdOf(threshold, rule), rule, Resampling: Resampling(null, seed)) { Scope = AskedComparison.ScopeOf(by, slice, abstain) };
        double? heldOut = QueryEnum.Parse(judging, PointJudging.Same, "judging") == PointJudging.Holdout ? AskedComparison.HoldoutOf(holdout) : null;
        var decision = await decisions.OfAsync(id, request, heldOut, cancellationToken);
        response.Headers.ContentDisposition = $"attachment; filename=\"run-{decision.RunId}-decision.json\"";
        return TypedResults.Ok(decision);
    }

    private static Task<RunComparison> CompareAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [Description("The run that the others are held against.")] string? baseline,
        [Description("How many bootstrap resamples; 1,000 if left out, 0 for none.")] int? resamples,
        ComparisonQueries comparisons,
        CancellationToken cancellationToken) =>
        comparisons.CompareAsync(id, new ComparisonRequest(choices.ToRequest(FewPoints), baseline, Resampling(resamples, choices.Seed)), cancellationToken);

    internal static ResamplingRequest Resampling(int? resamples, long? seed) => resamples is < 0 or > ResamplingRequest.MostResamples
        ? throw UserErrorException.Field("resamples", $"{resamples} resamples cannot be drawn.", $"Give 0 to {ResamplingRequest.MostResamples}.", UserErrorKind.Malformed)
        : new ResamplingRequest(resamples ?? new ResamplingRequest().Resamples, seed ?? 0);

    private static Task<CurveRecord> CurveAsync(string id, string? kind, string? positive, int? points, string? source, CompareQueries compare, CancellationToken cancellationToken) =>
        compare.CurveAsync(id, QueryEnum.Parse(kind, CurveKind.Pr, "kind"), positive, points, source, cancellationToken);

    private static async Task<IResult> CurvesFileAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [Description("Which curve; precisionRecall if left out.")] string? kind,
        [Description("Of the reliability diagram: mass (the default) or width.")] string? bins,
        [Description("What risk and coverage take for certainty: entropy (the default) or margin.")] string? sure,
        CompareQueries compare,
        CurvesQueries curves,
        CancellationToken cancellationToken)
    {
        var curve = QueryEnum.Parse(kind, ComparedCurve.PrecisionRecall, "kind");
        var choice = new CurveChoice(QueryEnum.Parse(bins, Binning.Mass, "bins") == Binning.Width, QueryEnum.Parse(sure, Certainty.Entropy, "sure") == Certainty.Margin);
        if (curve == ComparedCurve.PrecisionRecall)
            return CompareExport.Curves(await ViewAsync(id, choices, compare, cancellationToken, CompareRequest.AllPoints));
        var view = await ViewAsync(id, choices, compare, cancellationToken);
        return CurveFiles.Of(view, curve, choice, await curves.OfAsync(view, new CurvesRequest(curve, choice, CompareRequest.AllPoints), cancellationToken));
    }

    private enum Certainty
    {
        Entropy,
        Margin,
    }

    private static async Task<IResult> FiguresFileAsync(string id, [AsParameters] AskedComparison choices, CompareQueries compare, CancellationToken cancellationToken) =>
        CompareExport.Figures(await ViewAsync(id, choices, compare, cancellationToken));

    private static async Task<IResult> LabelsFileAsync(string id, [AsParameters] AskedComparison choices, CompareQueries compare, CancellationToken cancellationToken) =>
        CompareExport.Labels(await ViewAsync(id, choices, compare, cancellationToken));

    private const int FewPoints = 2;

    /// <summary>What was asked for, or an error that says what of it there is not.</summary>
    internal static async Task<CompareView> ViewAsync(string id, AskedComparison choices, CompareQueries compare, CancellationToken cancellationToken, int points = FewPoints)
    {
        var view = await compare.ViewAsync(id, choices.ToRequest(points), cancellationToken);
        choices.Check(view);
        return view;
    }
}

/// <summary>How a reliability diagram's bins are cut.</summary>
internal enum Binning
{
    Mass,
    Width,
}
