using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Compare;

/// <summary>Loads all that a state of the compare page shows: for the page itself, and for what is made of it to be read elsewhere.</summary>
public sealed class CompareScreens(CompareQueries queries, ComparisonQueries comparisons, ExperimentsQueries experiments, CurvesQueries curves, CensoringQueries censoring, CompareParts parts)
{
    /// <summary>What is there before anybody would notice; what takes longer comes with <see cref="CompleteAsync"/>.</summary>
    public async Task<CompareScreen> LoadAsync(string experimentId, CompareState state, CompareScreen? before, CancellationToken cancellationToken)
    {
        var view = await queries.ViewAsync(experimentId, state.ToRequest(), cancellationToken);
        var isCheap = IsOver(view) && ComparisonQueries.IsCheap(view, ResamplingOf(state));
        var uncertainty = isCheap ? await comparisons.UncertaintyAsync(view, state.Baseline, ResamplingOf(state), cancellationToken) : null;
        var drawn = CompareCharts.RequestOf(state) is { } request ? await curves.OfAsync(view, request, cancellationToken) : new ComparedCurves();
        if (isCheap)
            drawn = await WithBandsAsync(view, drawn, state, cancellationToken);
        else if (IsOver(view) && CompareCharts.BandsOf(state) is { } banded)
            drawn = drawn with { Bands = await curves.KnownBandsAsync(view, banded, ResamplingOf(state), cancellationToken) };
        var wait = IsOver(view) ? "the band is being worked out" : "the band comes once the runs are over";
        return CompareScreen.Of(await experiments.SummaryAsync(experimentId, cancellationToken), view, before, uncertainty, state, drawn, wait) with
        {
            Parts = await parts.LoadAsync(view, state, isCheap ? ResamplingOf(state) : ResamplingRequest.None, cancellationToken),
            Censored = await censoring.OfAsync(view, cancellationToken),
        };
    }

    /// <summary>The screen with its intervals and differences.</summary>
    public async Task<CompareScreen> CompleteAsync(CompareScreen screen, CompareState state, CancellationToken cancellationToken)
    {
        if (screen.Uncertainty is not null || screen.Rows.Count == 0)
            return screen;
        var uncertainty = await comparisons.UncertaintyAsync(screen.View, state.Baseline, ResamplingOf(state), cancellationToken);
        var drawn = await WithBandsAsync(screen.View, screen.Curves, state, cancellationToken);
        return CompareScreen.Of(screen.Experiment, screen.View, screen, uncertainty, state, drawn) with
        {
            Parts = screen.Parts.Slices is null ? screen.Parts : await parts.LoadAsync(screen.View, state, ResamplingOf(state), cancellationToken),
            Censored = screen.Censored,
        };
    }

    private async Task<ComparedCurves> WithBandsAsync(CompareView view, ComparedCurves drawn, CompareState state, CancellationToken cancellationToken) =>
        CompareCharts.BandsOf(state) is { } request ? drawn with { Bands = await curves.BandsAsync(view, request, ResamplingOf(state), cancellationToken) } : drawn;

    /// <summary>Runs that go on are tested once they are over.</summary>
    public static bool IsOver(CompareView view) => view.Runs.All(run => view.Choices.All(choice => choice.RunId != run.RunId || !choice.IsUnderWay));

    private static ResamplingRequest ResamplingOf(CompareState state) => new(Seed: state.Seed);
}
