using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

internal static class OutliersApi
{
    public static void MapOutliers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id}/outliers", RankAsync).WithTags("Figures").WithName("GetOutliers")
            .WithSummary("The samples that stand out, the strangest first: by entropy, margin, coverage or loss.").CanFail(400, 404, 422);
        api.MapGet("/experiments/{id}/outliers", ListAsync).WithTags("Figures").WithName("GetOutliersOfRuns")
            .WithSummary("The samples beyond a quantile of a signal in several runs side by side, or in a cell of the first run's confusion matrix; paged JSON, or all of them as CSV or JSON Lines.")
            .Produces<OutlierPage>().CanFail(400, 404, 415, 422);
        api.MapGet("/experiments/{id}/samples/{index:int}", SampleAsync).WithTags("Figures").WithName("GetSample")
            .WithSummary("One sample in every run: distribution, top tokens, answer, likely reasons, the messages that were sent.").CanFail(404);
    }

    private static Task<OutlierList> RankAsync(
        string id,
        string? by,
        int? take,
        [Description("The column that slice is a value of; the source's if left out.")] string? column,
        [Description("Only samples of this value of the column.")] string? slice,
        [Description("Without scored samples of a predictive entropy above this, in nats.")] double? abstain,
        OutliersQueries outliers,
        CancellationToken cancellationToken) =>
        outliers.RankAsync(id, QueryEnum.Parse(by, OutlierOrder.Entropy, "by"), new Paging(null, take).Count, AskedComparison.ScopeOf(column, slice, abstain), cancellationToken);

    private static Task<SampleView> SampleAsync(string id, int index, SampleQueries samples, CancellationToken cancellationToken) => samples.ViewAsync(id, index, cancellationToken);

    private static async Task<IResult> ListAsync(string id, [AsParameters] OutliersQuery query, [AsParameters] Paging paging, string? format, OutliersQueries outliers, CancellationToken cancellationToken)
    {
        var request = query.ToRequest();
        await outliers.CheckAsync(id, query.Scope, cancellationToken);
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
