using LogprobDashboard.DemoModel;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Web.Demo;

/// <summary>
/// Makes the demo endpoint and, unless a setting says otherwise, the demo experiments, once in the life of a database.
/// Killed in between, it goes on at the next start.
/// </summary>
internal sealed partial class DemoSeeder(
    DemoSamples samples,
    Markers markers,
    UploadStaging staging,
    DatasetsService datasets,
    DatasetsQueries datasetsQueries,
    EndpointsService endpoints,
    EndpointsQueries endpointsQueries,
    ExperimentsService experiments,
    ExperimentsQueries experimentsQueries,
    VariantsService variants,
    VariantsQueries variantsQueries,
    RunsService runs,
    RunsQueries runsQueries,
    IOptions<WorkbenchOptions> options,
    ILogger<DemoSeeder> logger) : BackgroundService
{
    private const string EndpointMarker = "demo-endpoint";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var endpointId = await EndpointAsync(stoppingToken);
            if (!options.Value.CreateDemoExperiment || endpointId is null)
                return;
            foreach (var demo in await samples.ReadAsync(stoppingToken))
                await MakeOnceAsync(demo, endpointId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception exception)
        {
            DemoFailed(logger, exception);
        }
    }

    /// <returns>Null where a person deleted the demo endpoint.</returns>
    private async Task<string?> EndpointAsync(CancellationToken cancellationToken)
    {
        var existing = (await endpointsQueries.ListAsync(null, 1000, cancellationToken)).Items.LastOrDefault(endpoint => endpoint.BaseUrl == DemoModelEndpoints.BasePath);
        if (existing is not null || await markers.IsSetAsync(EndpointMarker, cancellationToken))
            return existing?.Id;
        var created = await endpoints.CreateAsync(new EndpointInput("Built-in demo model", DemoModelEndpoints.BasePath, DemoChatCompletions.ModelName, MaxConcurrency: 4), cancellationToken);
        await markers.SetAsync(EndpointMarker, cancellationToken);
        return created.Id;
    }

    /// <summary>Adds what is missing: after a process that was killed in between, or that a person has used meanwhile.</summary>
    private async Task MakeOnceAsync(DemoExperiment demo, string endpointId, CancellationToken cancellationToken)
    {
        var marker = "demo-experiment: " + demo.Name;
        if (await markers.IsSetAsync(marker, cancellationToken))
            return;
        var datasetId = await DatasetAsync(demo, cancellationToken);
        var begun = (await experimentsQueries.ListAsync(null, 1000, cancellationToken)).Items.FirstOrDefault(experiment => experiment.Name == demo.Name && experiment.DatasetId == datasetId);
        var experiment = begun ?? await experiments.CreateAsync(new ExperimentInput(demo.Name, datasetId, endpointId, demo.Labels, demo.PositiveLabel), cancellationToken);
        var there = (await variantsQueries.ListAsync(experiment.Id, cancellationToken)).Select(variant => variant.Name).ToHashSet();
        foreach (var variant in demo.Variants.Where(variant => !there.Contains(variant.Name)))
            await variants.CreateAsync(experiment.Id, new VariantInput(variant.Name, variant.System, variant.User), cancellationToken);
        if (demo.RunOnStart && (await runsQueries.ListAsync(experiment.Id, null, 1, cancellationToken)).Items.Count == 0)
            await runs.StartAsync(experiment.Id, new RunInput(), cancellationToken);
        await markers.SetAsync(marker, cancellationToken);
    }

    private async Task<string> DatasetAsync(DemoExperiment demo, CancellationToken cancellationToken)
    {
        await using var file = samples.Open(demo.Dataset.File);
        using var staged = await staging.StageAsync(file, demo.Dataset.File, cancellationToken);
        var known = (await datasetsQueries.ListAsync(null, 1000, cancellationToken)).Items.FirstOrDefault(dataset => dataset.ContentHash == staged.ContentHash);
        if (known is not null)
            return known.Id;
        var reading = new ReadingOptions { TextColumn = demo.Dataset.TextColumn, LabelColumn = demo.Dataset.LabelColumn, SourceColumn = demo.Dataset.SourceColumn };
        return (await datasets.ImportAsync(staged, demo.Dataset.Name, reading, cancellationToken)).Id;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo experiments could not be made; everything else works.")]
    private static partial void DemoFailed(ILogger logger, Exception exception);
}
