using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>What the runs page shows, but for what a start would cost: that is counted once the page is there.</summary>
/// <param name="WithoutSource">Samples that no source can be named for.</param>
public sealed record RunsScreen(
    ExperimentSummary Experiment,
    IReadOnlyList<VariantRecord> Variants,
    IReadOnlyList<EndpointRecord> Endpoints,
    IReadOnlyList<SourceCount> Sources,
    int WithoutSource,
    RunsOverview Runs)
{
    /// <summary>The variants that a start would run; one that is gone is not among them.</summary>
    public IReadOnlyList<VariantRecord> ChosenVariants(RunsState state) =>
        Variants.Where(variant => state.Variants.Contains(variant.Id)).ToList() is { Count: > 0 } chosen ? chosen : Variants;

    public IReadOnlyList<SourceCount> ChosenSources(RunsState state) =>
        Sources.Where(source => state.Sources.Contains(source.Source)).ToList() is { Count: > 0 } chosen ? chosen : Sources;

    /// <summary>The endpoint that a start would use; null where none is chosen and the experiment has none.</summary>
    public EndpointRecord? ChosenEndpoint(RunsState state) =>
        Endpoints.FirstOrDefault(endpoint => endpoint.Id == state.Endpoint) ?? Endpoints.FirstOrDefault(endpoint => endpoint.Id == Experiment.EndpointId);

    /// <summary>The same choices without what is no longer there, so that an old link starts what it shows.</summary>
    public RunsState Tidy(RunsState state)
    {
        var (variants, sources) = (ChosenVariants(state), ChosenSources(state));
        return state with
        {
            Variants = variants.Count == Variants.Count ? [] : [.. variants.Select(variant => variant.Id)],
            Sources = sources.Count == Sources.Count ? [] : [.. sources.Select(source => source.Source)],
            Endpoint = ChosenEndpoint(state) is { } endpoint && endpoint.Id != Experiment.EndpointId ? endpoint.Id : null,
        };
    }
}
