using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Start;

internal static class StartApi
{
    public static void MapStart(this IEndpointRouteBuilder api)
    {
        var experiments = api.MapGroup("/experiments").WithTags("Experiments");
        experiments.MapPost("/suggestions", SuggestAsync).WithName("SuggestLabelsAndPrompt").WithSummary("Label words and a first prompt for a dataset's labels or for given ones, with what should be seen to; and the same with letter codes.").CanFail(400, 404, 422);
        var drafts = api.MapGroup("/experiments/drafts").WithTags("Drafts");
        drafts.MapGet("/", ListAsync).WithName("ListDrafts").WithSummary("Experiments that are being set up, the newest first.").CanFail(400);
        drafts.MapPost("/", CreateAsync).WithName("CreateDraft").WithSummary("Begins a draft: empty, with a dataset, or as a copy of an experiment's set-up.").CanFail(400, 404);
        drafts.MapGet("/{draftId}", GetAsync).WithName("GetDraft").WithSummary("One draft.").CanFail(404);
        drafts.MapPut("/{draftId}", SaveAsync).WithName("SaveDraft").WithSummary("Replaces a draft's content. With the version that it was made from, a draft that changed meanwhile answers 409.").CanFail(400, 404, 409, 422);
        drafts.MapDelete("/{draftId}", DeleteAsync).WithName("DeleteDraft").WithSummary("Discards a draft.").CanFail(404);
        drafts.MapPost("/{draftId}/create", CompleteAsync).WithName("CompleteDraft").WithSummary("Makes the experiment with its first prompt and, with run, a run of it; the draft is gone then. Asked again after a failure it goes on where it stopped.").CanFail(400, 404, 409, 422);
    }

    private static Task<StartSuggestions> SuggestAsync(SuggestionInput input, StartQueries start, CancellationToken cancellationToken) => start.SuggestAsync(input, cancellationToken);

    private static Task<PagedResult<DraftRecord>> ListAsync([AsParameters] Paging paging, DraftsQueries drafts, CancellationToken cancellationToken) =>
        drafts.ListAsync(paging.Cursor, paging.Count, cancellationToken);

    private static async Task<Created<DraftRecord>> CreateAsync(DraftInput input, DraftsService drafts, CancellationToken cancellationToken)
    {
        var draft = await drafts.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/experiments/drafts/{draft.Id}", draft);
    }

    private static Task<DraftRecord> GetAsync(string draftId, DraftsQueries drafts, CancellationToken cancellationToken) => drafts.GetAsync(draftId, cancellationToken);

    private static Task<DraftRecord> SaveAsync(string draftId, DraftChange change, DraftsService drafts, CancellationToken cancellationToken) => drafts.SaveAsync(draftId, change, cancellationToken);

    private static async Task<NoContent> DeleteAsync(string draftId, DraftsService drafts, CancellationToken cancellationToken)
    {
        await drafts.DeleteAsync(draftId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Created<DraftCompleted>> CompleteAsync(string draftId, DraftCompletionInput input, DraftCompletion completion, CancellationToken cancellationToken)
    {
        var made = await completion.CompleteAsync(draftId, input, cancellationToken);
        return TypedResults.Created($"/api/experiments/{made.ExperimentId}", made);
    }
}
