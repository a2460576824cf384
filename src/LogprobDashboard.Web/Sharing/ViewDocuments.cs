using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Sharing;

namespace LogprobDashboard.Web.Sharing;

/// <summary>Makes documents of views. The same components as on the page draw them, once and without a circuit.</summary>
public sealed class ViewDocuments(CompareScreens screens, ProvenanceQueries provenance, DocumentRenderer renderer, TimeProvider time) : IDisposable
{
    /// <summary>A link can be opened by many at once; more documents than this are not worked out side by side.</summary>
    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    public void Dispose() => _turns.Dispose();

    /// <summary>What a link shows.</summary>
    /// <exception cref="Workbench.UserErrorException">There is no such experiment.</exception>
    public Task<byte[]> SharedAsync(string experimentId, CompareState state, DocumentKind kind, bool showsTexts, DateTimeOffset endsAt, CancellationToken cancellationToken) =>
        MakeAsync(experimentId, state, new DocumentNature(kind, showsTexts, time.GetUtcNow(), EndsAt: endsAt), cancellationToken);

    /// <summary>A view with where it comes from. <paramref name="address"/> is the exact address of the view.</summary>
    /// <exception cref="Workbench.UserErrorException">There is no such experiment.</exception>
    public Task<byte[]> ReportAsync(string experimentId, CompareState state, string address, CancellationToken cancellationToken) =>
        MakeAsync(experimentId, state, new DocumentNature(DocumentKind.Report, ShowsTexts: true, time.GetUtcNow(), address), cancellationToken);

    private async Task<byte[]> MakeAsync(string experimentId, CompareState state, DocumentNature nature, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var screen = await LoadAsync(experimentId, state, cancellationToken);
            var sources = screen.Rows.Count == 0 ? null : await provenance.OfAsync(screen.View, cancellationToken);
            return await renderer.RenderAsync(screen.For(nature), state, nature, sources);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<CompareScreen> LoadAsync(string experimentId, CompareState state, CancellationToken cancellationToken)
    {
        var screen = await screens.LoadAsync(experimentId, state, null, cancellationToken);
        if (IsGone(screen, state))
            return screen with { Rows = [] };
        return CompareScreens.IsOver(screen.View) ? await screens.CompleteAsync(screen, state, cancellationToken) : screen;
    }

    /// <summary>The page would show other runs instead of those that are not there any more; nobody has shared those.</summary>
    private static bool IsGone(CompareScreen screen, CompareState state) =>
        state.Runs.Count > 0 && screen.View.Runs.All(run => !state.Runs.Contains(run.RunId));
}
