using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What is to be run, with nothing left to a default: one version of each variant over the samples, in the order in which they are asked.</summary>
internal sealed record RunOrder(
    Experiment Experiment,
    EndpointEntity Endpoint,
    int[] Samples,
    IReadOnlyList<(Variant Variant, VariantVersion Version)> Versions);

/// <summary>Works out what a person asks to run, for its start and for its cost alike.</summary>
internal sealed class RunOrders(ExperimentsQueries experiments, DatasetsQueries datasets, EndpointsQueries endpoints, VariantsQueries variants)
{
    /// <exception cref="UserErrorException">It cannot be run; the field at fault is named.</exception>
    public async Task<RunOrder> ResolveAsync(string experimentId, RunInput input, CancellationToken cancellationToken)
    {
        var experiment = await experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var endpoint = await EndpointAsync(experiment, input, cancellationToken).ConfigureAwait(false);
        BudgetRules.Check(input.MaxTokens, input.MaxCost, endpoint);
        var columns = await datasets.ColumnsAsync(experiment.DatasetId, cancellationToken).ConfigureAwait(false);
        var samples = Select(columns, input);
        return new RunOrder(experiment, endpoint, samples, await VersionsAsync(experiment, input, cancellationToken).ConfigureAwait(false));
    }

    private async Task<EndpointEntity> EndpointAsync(Experiment experiment, RunInput input, CancellationToken cancellationToken)
    {
        var id = input.EndpointId ?? Ids.Format(experiment.EndpointId)
            ?? throw UserErrorException.Field("endpointId", "The experiment has no endpoint.", "Give one with the run, or set one at the experiment.");
        try
        {
            var endpoint = await endpoints.FindAsync(id, cancellationToken).ConfigureAwait(false);
            endpoints.Target(endpoint); // a key that cannot be read is told now, not in every sample
            return endpoint;
        }
        catch (UserErrorException error) when (error.Kind == UserErrorKind.NotFound)
        {
            throw UserErrorException.Field("endpointId", error.Title, error.Detail);
        }
    }

    private static int[] Select(SampleColumns samples, RunInput input)
    {
        if (input.Limit is <= 0)
            throw UserErrorException.Field("limit", "A limit must be at least 1.", "Leave it out to run every sample.");
        foreach (var source in input.Sources ?? [])
        {
            if (!samples.Sources.Contains(source))
                throw UserErrorException.Field("sources", $"The dataset has no source \"{source}\".", samples.Sources.Count == 0 ? "It has no source column." : $"It has {string.Join(", ", samples.Sources.Take(20))}.");
        }

        return SampleSelection.Of(samples, input.Sources ?? [], input.Limit, input.SampleSeed ?? 0);
    }

    private async Task<List<(Variant Variant, VariantVersion Version)>> VersionsAsync(Experiment experiment, RunInput input, CancellationToken cancellationToken)
    {
        var ids = input.VariantIds is { Count: > 0 } given
            ? given.Distinct(StringComparer.Ordinal).ToList()
            : [.. (await variants.ListAsync(Ids.Format(experiment.Id), cancellationToken).ConfigureAwait(false)).Select(variant => variant.Id)];
        if (ids.Count == 0)
            throw UserErrorException.Field("variantIds", "The experiment has no prompt variant.", "Write one first.");
        var versions = new List<(Variant, VariantVersion)>();
        foreach (var id in ids)
        {
            try
            {
                versions.Add(await variants.FindAsync(experiment.Id, id, cancellationToken).ConfigureAwait(false));
            }
            catch (UserErrorException error) when (error.Kind == UserErrorKind.NotFound)
            {
                throw UserErrorException.Field("variantIds", error.Title, error.Detail);
            }
        }

        return versions;
    }
}
