using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Outliers;

internal static class OutliersApi
{
    public static void MapOutliers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id}/outliers", RankAsync).WithTags("Figures").WithName("GetOutliers")
            .WithSummary("The samples that stand out, the strangest first: by entropy, margin, coverage or loss.").CanFail(400, 404);
        api.MapGet("/experiments/{id}/outliers", ListAsync).WithTags("Figures").WithName("GetOutliersOfRuns")
            .WithSummary("The samples beyond a quantile of a signal in several runs side by side, or in a cell of the first run's confusion matrix; paged JSON, or all of them as CSV or JSON Lines.")
            .Produces<OutlierPage>().CanFail(400, 404, 415, 422);
        api.MapGet("/experiments/{id}/samples/{index:int}", SampleAsync).WithTags("Figures").WithName("GetSample")
            .WithSummary("One sample in every run: distribution, top tokens, answer, likely reasons, the messages that were sent.").CanFail(404);
    }

    private static Task<OutlierList> RankAsync(string id, string? by, int? take, OutliersQueries outliers, CancellationToken cancellationToken) =>
        outliers.RankAsync(id, QueryEnum.Parse(by, OutlierOrder.Entropy, "by"), new Paging(null, take).Count, cancellationToken);

    private static Task<SampleView> SampleAsync(string id, int index, SampleQueries samples, CancellationToken cancellationToken) => samples.ViewAsync(id, index, cancellationToken);

    private static async Task<IResult> ListAsync(string id, [AsParameters] OutliersQuery query, [AsParameters] Paging paging, string? format, OutliersQueries outliers, CancellationToken cancellationToken)
    {
        var request = query.ToRequest();
        var view = await outliers.ViewAsync(id, request, cancellationToken); // whatever is wrong is told before a file begins
        query.CheckAgainst(view);
        switch (format)
        {
            case null or "" or "json":
                return TypedResults.Ok(await PageAsync(id, view, paging, outliers, cancellationToken));
            case "jsonl":
                return new OutliersFile(id, "application/x-ndjson", "jsonl", (body, stop) => OutliersExport.WriteJsonLinesAsync(body, outliers.AllRowsAsync(id, request, stop), stop));
            case "csv":
                return new OutliersFile(id, "text/csv; charset=utf-8", "csv", (body, stop) => OutliersExport.WriteCsvAsync(body, OutlierLook.Of(view), view.Labels, outliers.AllRowsAsync(id, request, stop), stop));
            default:
                throw UserErrorException.Field("format", $"Outliers cannot be written as \"{format}\".", "Use json, jsonl or csv.", UserErrorKind.UnsupportedFormat);
        }
    }

    private static async Task<OutlierPage> PageAsync(string id, OutliersView view, Paging paging, OutliersQueries outliers, CancellationToken cancellationToken)
    {
        var skip = string.IsNullOrEmpty(paging.Cursor) ? 0
            : int.TryParse(paging.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
            : throw UserErrorException.Field("cursor", $"\"{paging.Cursor}\" is not a cursor.", "Use the nextCursor of the page before, or leave it out.", UserErrorKind.Malformed);
        var rows = await outliers.RowsAsync(id, view.Request, skip, paging.Count, cancellationToken);
        var next = skip + rows.Items.Count < rows.Total && rows.Items.Count > 0 ? (skip + rows.Items.Count).ToString(CultureInfo.InvariantCulture) : null;
        var runs = view.Runs.Select(run => new OutlierPageRun(run.RunId, run.Name, run.Answered, run.Defined, run.Cut, run.Beyond));
        return new OutlierPage(view.Request.By, view.Request.Share > 0 ? view.Request.Quantile : null, view.Pool, view.Counts, [.. runs], view.Listed, view.Reasons, rows.Items, next);
    }
}

/// <summary>A page of the list. <paramref name="Quantile"/> is null without a cut; <paramref name="Pool"/> counts the samples that are compared.</summary>
internal sealed record OutlierPage(
    OutlierOrder By,
    double? Quantile,
    int Pool,
    OutlierCounts Counts,
    IReadOnlyList<OutlierPageRun> Runs,
    int Total,
    IReadOnlyList<ReasonCount> Reasons,
    IReadOnlyList<OutlierRow> Items,
    string? NextCursor);

internal sealed record OutlierPageRun(string RunId, string Name, int Answered, int Defined, double? Cut, int Beyond);

/// <summary>The query of the list: the names are those of the page's address.</summary>
internal sealed record OutliersQuery(
    [property: FromQuery(Name = "runs"), Description("Ids with commas; as the compare page chooses if left out.")] string? Runs,
    [property: FromQuery(Name = "by"), Description("entropy, margin, coverage or loss.")] string? By,
    [property: FromQuery(Name = "cut"), Description("Share on the ordinary side, 0 to 1: 0.95 lists the strangest 5 %; 0 is no cut, and the default where a cell is asked for.")] string? Cut,
    [property: FromQuery(Name = "show"), Description("all, both (beyond the cut of every run) or disagree.")] string? Show,
    [property: FromQuery(Name = "label"), Description("True label.")] string? Label,
    [property: FromQuery(Name = "predicted"), Description("Label predicted by the first run.")] string? Predicted,
    [property: FromQuery(Name = "status"), Description("unscorable: what the first run could not score.")] string? Status,
    [property: FromQuery(Name = "positive"), Description("With threshold and outcome; the experiment's positive label if left out.")] string? Positive,
    [property: FromQuery(Name = "threshold"), Description("Log odds.")] string? Threshold,
    [property: FromQuery(Name = "outcome"), Description("caught, missed, flagged or passed, at the threshold, by the first run.")] string? Outcome,
    [property: FromQuery(Name = "source")] string? Source,
    [property: FromQuery(Name = "q"), Description("A part of the text, whatever its case.")] string? Search,
    [property: FromQuery(Name = "reason"), Description("A reason's code, as veryShort.")] string? Reason,
    [property: FromQuery(Name = "sort"), Description("strangeness, sample, or entropy, margin, coverage, loss, score with a run's id, as entropy:12; a minus turns it round.")] string? Sort)
{
    public OutliersRequest ToRequest()
    {
        QueryEnum.Parse(By, OutlierOrder.Entropy, "by");
        QueryEnum.Parse(Show, OutlierShow.All, "show");
        if (!string.IsNullOrEmpty(Outcome))
            QueryEnum.Parse(Outcome, OutlierOutcome.Caught, "outcome");
        Check("status", Status, Status == "unscorable", "Use unscorable, or leave it out.");
        Check("reason", Reason, OutliersQueries.ReasonCodes.Contains(Reason), $"Use one of {string.Join(", ", OutliersQueries.ReasonCodes)}.");
        Check("sort", Sort, OutlierSortText.TryParse(Sort) is not null, "Use strangeness, sample, or entropy, margin, coverage, loss, score with a run's id, as entropy:12.");
        Check("cut", Cut, Number(Cut) is >= 0 and <= 1, "Use a number from 0 to 1, with a point.");
        Check("threshold", Threshold, Number(Threshold) is not null, "Give log odds with a decimal point, as 0 or 2.5.");
        if (string.IsNullOrEmpty(Outcome) != string.IsNullOrEmpty(Threshold))
            throw UserErrorException.Field("threshold", "A threshold and an outcome belong together.", "Give both, or neither.", UserErrorKind.Malformed);
        return OutliersState.Parse(Read).ToRequest();
    }

    /// <summary>A label or a run that is not there must not read as "no filter".</summary>
    public void CheckAgainst(OutliersView view)
    {
        foreach (var (field, label) in new[] { ("label", Label), ("predicted", Predicted), ("positive", Positive) })
        {
            if (!string.IsNullOrEmpty(label) && !view.Labels.Contains(label))
                throw UserErrorException.Field(field, $"\"{label}\" is not one of the labels.", $"Use one of {string.Join(", ", view.Labels)}.");
        }

        foreach (var run in view.Request.RunIds.Where(id => view.Choices.All(choice => choice.RunId != id)))
            throw UserErrorException.NotFound("run of this experiment", run);
    }

    private static void Check(string field, string? text, bool isRight, string advice)
    {
        if (!string.IsNullOrEmpty(text) && !isRight)
            throw UserErrorException.Field(field, $"\"{text}\" is none of the values of \"{field}\".", advice, UserErrorKind.Malformed);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private string? Read(string name) => name switch
    {
        "runs" => Runs,
        "by" => By?.ToLowerInvariant(),
        "cut" => Cut,
        "show" => Show?.ToLowerInvariant(),
        "label" => Label,
        "predicted" => Predicted,
        "status" => Status,
        "positive" => Positive,
        "threshold" => Threshold,
        "outcome" => Outcome?.ToLowerInvariant(),
        "source" => Source,
        "q" => Search,
        "reason" => Reason,
        "sort" => Sort,
        _ => null,
    };
}
