using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>Loads what stands beneath the figures: only the part that a state shows.</summary>
public sealed class CompareParts(ChangesQueries changes, ConfusionsQueries confusions)
{
    /// <summary>Samples that are listed of each run.</summary>
    public const int ListedChanges = 8;

    private const int ListedConfusions = 6;
    private const int SamplesOfConfusion = 3;

    public async Task<ComparePart> LoadAsync(CompareView view, CompareState state, CancellationToken cancellationToken) => state.Detail switch
    {
        CompareDetail.Changes => new() { Changes = await changes.OfAsync(view, ListedChanges, null, cancellationToken) },
        CompareDetail.Confusions => new() { Confusions = await confusions.OfAsync(view, ListedConfusions, SamplesOfConfusion, cancellationToken) },
        _ => new(),
    };
}

/// <summary>The part that is shown beneath the figures, each in the view's order; the others are null.</summary>
public sealed record ComparePart
{
    public IReadOnlyList<RunChanges>? Changes { get; init; }

    public IReadOnlyList<RunConfusions>? Confusions { get; init; }
}
