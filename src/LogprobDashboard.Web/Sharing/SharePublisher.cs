using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Sharing;

namespace LogprobDashboard.Web.Sharing;

/// <summary>Makes links, for the page and the HTTP API alike.</summary>
public sealed class SharePublisher(SharesService shares, CompareQueries compare, ViewDocuments documents, TimeProvider time)
{
    private const int FewPoints = 2;

    /// <exception cref="UserErrorException">There is no such experiment, or its view is none, or a link cannot be like that.</exception>
    public async Task<CreatedShare> PublishAsync(string experimentId, ShareInput input, CancellationToken cancellationToken)
    {
        SharesService.Check(input);
        var state = SharedView.Parse(experimentId, input.View);
        var view = await compare.ViewAsync(experimentId, state.ToRequest() with { MaxPoints = FewPoints }, cancellationToken);
        if (state.Runs.FirstOrDefault(run => view.Runs.All(shown => shown.RunId != run)) is { } stranger)
            throw UserErrorException.Field("view", $"The view names the run {stranger}, which experiment {experimentId} does not show.", $"Name runs of the experiment, {CompareQueries.MostRuns} at most.");
        var endsAt = time.GetUtcNow().AddDays(input.ExpiresInDays ?? ShareInput.UsualDays);
        byte[]? document = input.Frozen ? await documents.SharedAsync(experimentId, state, DocumentKind.Frozen, input.IncludeTexts, endsAt, cancellationToken) : null;
        return await shares.CreateAsync(experimentId, input with { View = state.ToQuery() }, document, cancellationToken);
    }
}
