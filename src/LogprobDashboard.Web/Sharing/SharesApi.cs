using System.ComponentModel;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Sharing;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Sharing;

/// <summary>A link that was made just now. Its address holds the token, and is told this once.</summary>
public sealed record PublishedShare(
    string Id,
    string Url,
    DateTimeOffset ExpiresAt,
    string ExperimentId,
    string? Name,
    ShareKind Kind,
    string View,
    bool IncludesTexts,
    DateTimeOffset CreatedAt);

internal static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder api)
    {
        var ofExperiment = api.MapGroup("/experiments/{id}").WithTags("Sharing");
        ofExperiment.MapPost("/shares", CreateAsync).WithName("CreateShare").WithSummary("Makes a read-only link to a view of the compare page, live or frozen. Its address is told this once.").CanFail(400, 404, 422);
        ofExperiment.MapGet("/shares", ListAsync).WithName("ListShares").WithSummary("Lists an experiment's links that were not revoked, the newest first, expired ones too; without their addresses.").CanFail(400, 404);
        ofExperiment.MapGet("/compare/report.html", ReportAsync).WithName("GetReport").WithSummary("A view of the compare page as one HTML file without any request: figures, charts, and where they come from. Takes every part of the page's query.").Produces<string>(200, "text/html").CanFail(400, 404, 422);
        api.MapDelete("/shares/{id}", RevokeAsync).WithTags("Sharing").WithName("RevokeShare").WithSummary("Revokes a link: it leads nowhere from now on.").CanFail(404);
    }

    /// <summary>Links on the product's own addresses.</summary>
    public static void MapSharedPages(this IEndpointRouteBuilder app) =>
        app.MapMethods(SharedPage.Path + "{**token}", [HttpMethods.Get, HttpMethods.Head], (HttpContext context, string? token) => SharedPage.AnswerAsync(context, token, context.RequestServices))
            .ExcludeFromDescription();

    private static async Task<Created<PublishedShare>> CreateAsync(string id, ShareInput? input, HttpRequest request, SharePublisher publisher, ShareAddresses addresses, CancellationToken cancellationToken)
    {
        var (share, token) = await publisher.PublishAsync(id, input ?? new(), cancellationToken);
        var url = addresses.Of(token, new Uri($"{request.Scheme}://{request.Host}"));
        return TypedResults.Created(url, new PublishedShare(share.Id, url, share.ExpiresAt, share.ExperimentId, share.Name, share.Kind, share.View, share.IncludesTexts, share.CreatedAt));
    }

    private static Task<PagedResult<ShareRecord>> ListAsync(string id, [AsParameters] Paging paging, SharesQueries shares, CancellationToken cancellationToken) =>
        shares.ListAsync(id, paging.Cursor, paging.Count, cancellationToken);

    private static async Task<NoContent> RevokeAsync(string id, SharesService shares, CancellationToken cancellationToken)
    {
        await shares.RevokeAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ReportAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [AsParameters] AskedLooks looks,
        HttpContext context,
        CompareQueries compare,
        ViewDocuments documents,
        CancellationToken cancellationToken)
    {
        const int FewPoints = 2;
        var view = await compare.ViewAsync(id, choices.ToRequest(FewPoints), cancellationToken);
        choices.Check(view);
        var state = SharedView.StateOf(context.Request.QueryString.Value ?? "");
        var address = UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host) + state.AddressOf(id).TrimStart('/');
        var report = await documents.ReportAsync(id, state, address, cancellationToken);
        SharedPage.Harden(context.Response.Headers);
        return TypedResults.File(report, "text/html; charset=utf-8", Path.ChangeExtension(CompareExport.Name(view, "report"), ".html"));
    }

    /// <summary>How a view looks; what its figures are, <see cref="AskedComparison"/> says. They are read by the page's own rules, where nonsense is the default.</summary>
    internal sealed record AskedLooks(
        [property: Description("Which curves: precisionRecall (if left out), roc, reliability, riskCoverage, scores, thresholds.")] string? Chart,
        [property: Description("overlay (if left out) or multiples.")] string? Layout,
        [property: Description("1 for bands of confidence.")] string? Bands,
        [property: Description("1 for lines of equal F1.")] string? F1,
        [property: Description("Of the reliability diagram: mass (if left out) or width.")] string? Bins,
        [property: Description("What risk and coverage take for certainty: entropy (if left out) or margin.")] string? Sure,
        [property: Description("A part of the chart, as xMin,xMax,yMin,yMax.")] string? Zoom,
        [property: Description("Ids of runs whose curves are off, separated by commas.")] string? Off,
        [property: Description("The run whose confusion matrix is shown where there is room for one.")] string? Matrix,
        [property: Description("The run that the others are held against; the first if left out.")] string? Baseline,
        [property: Description("What stands beneath the figures; the changed sides if left out.")] string? Detail,
        [property: Description("What the calibration part compares the model's own probabilities with: temperature (if left out), platt, batch or none.")] string? Calibrator,
        [property: Description("With more than two labels, what the calibration part judges: the predicted label (if left out) or label, the positive one.")] string? Of,
        [property: Description("The error rate that conformal sets may have; 0.1 if left out.")] string? Error);
}
