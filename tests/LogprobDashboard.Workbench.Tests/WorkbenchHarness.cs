using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests;

/// <summary>The whole workbench as the product wires it, over a real database in a directory of its own, with the run engine at work.</summary>
internal sealed class WorkbenchHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _stopped;

    private WorkbenchHarness(ServiceProvider services) => _services = services;

    public EndpointsService Endpoints => Get<EndpointsService>();

    public EndpointsQueries EndpointsQueries => Get<EndpointsQueries>();

    public ExperimentsService Experiments => Get<ExperimentsService>();

    public VariantsService Variants => Get<VariantsService>();

    public RunsService Runs => Get<RunsService>();

    public RunsQueries RunsQueries => Get<RunsQueries>();

    public ResultsQueries Results => Get<ResultsQueries>();

    /// <summary>Unless a test says otherwise no call is made again, and one that hangs when its run is stopped is given up soon.</summary>
    public static async Task<WorkbenchHarness> StartAsync(TemporaryDirectory directory, TimeProvider? time = null, Action<WorkbenchOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()));
        services.Configure<WorkbenchOptions>(options =>
        {
            (options.DataDirectory, options.CallAttempts, options.DrainSeconds) = (directory.Path, 1, 0.2);
            configure?.Invoke(options);
        });
        services.AddWorkbench();
        var harness = new WorkbenchHarness(services.BuildServiceProvider());
        await harness._services.PrepareWorkbenchAsync();
        foreach (var service in harness._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return harness;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<DatasetRecord> ImportAsync(string csv)
    {
        using var staged = await Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "rows.csv", CancellationToken.None);
        return await Get<DatasetsService>().ImportAsync(staged, null, new ReadingOptions(), CancellationToken.None);
    }

    /// <summary>Rows "text 0", "text 1" …, every third of them spam.</summary>
    public Task<DatasetRecord> ImportRowsAsync(int count) =>
        ImportAsync("text,label,source\n" + string.Concat(Enumerable.Range(0, count).Select(index => $"text {index},{(index % 3 == 0 ? "spam" : "ham")},{(index % 2 == 0 ? "sms" : "chat")}\n")));

    /// <summary>It counts as probed, so that runs make no calls but their own.</summary>
    public async Task<EndpointRecord> AddEndpointAsync(string baseUrl, int maxConcurrency = 8, string? apiKey = null, int timeoutSeconds = 30)
    {
        var endpoint = await Endpoints.CreateAsync(new EndpointInput("scripted", baseUrl, "m", apiKey, MaxConcurrency: maxConcurrency, TimeoutSeconds: timeoutSeconds), CancellationToken.None);
        await MarkProbedAsync(endpoint.Id);
        return endpoint;
    }

    public async Task MarkProbedAsync(string endpointId)
    {
        await using var db = await Get<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync();
        var endpoint = await db.Set<EndpointEntity>().SingleAsync(row => row.Id == Ids.Parse(endpointId, "endpoint"));
        endpoint.Probe = new StoredProbe(new EndpointProbe(true, true, 2, "m", 1, false, true, null, [], DateTimeOffset.UnixEpoch), ProbedSettings.HashOf(endpoint));
        await db.SaveChangesAsync();
    }

    /// <summary>Labels spam = Yes, ham = No; one variant with the text alone as its prompt.</summary>
    public async Task<ExperimentRecord> AddExperimentAsync(DatasetRecord dataset, EndpointRecord endpoint)
    {
        var experiment = await Experiments.CreateAsync(
            new ExperimentInput("e", dataset.Id, endpoint.Id, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])], null), CancellationToken.None);
        await Variants.CreateAsync(experiment.Id, new VariantInput("only", null, "{{ text }}"), CancellationToken.None);
        return experiment;
    }

    public async Task<RunRecord> RunAsync(ExperimentRecord experiment, RunInput? input = null)
    {
        var started = await Runs.StartAsync(experiment.Id, input ?? new RunInput(), CancellationToken.None);
        return await WhenEndedAsync(started.Runs[0].Id);
    }

    public Task<RunRecord> WhenEndedAsync(string runId) =>
        WhenAsync(runId, run => run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled);

    public async Task<RunRecord> WhenAsync(string runId, Func<RunRecord, bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        RunRecord? run = null;
        for (var tries = 0; tries < 6000 && await timer.WaitForNextTickAsync(); tries++)
        {
            run = await RunsQueries.GetAsync(runId, CancellationToken.None);
            if (condition(run))
                return run;
        }

        throw new TimeoutException($"Run {runId} did not come to what was waited for: {run}");
    }

    /// <summary>Lets the clock run, by a step every few milliseconds, while the server sends nothing and so everybody waits for time to pass.</summary>
    public Task<RunRecord> WhenEndedAsync(string runId, FakeTimeProvider time, FaultyServer server, TimeSpan step) => WhenAsync(runId, run =>
    {
        time.Advance(server.IsBusy ? TimeSpan.FromMilliseconds(1) : step);
        return run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Paused;
    });

    /// <summary>Once nobody works on the run any more.</summary>
    public Task WhenIdleAsync(string runId) => Get<RunEngine>().WhenIdleAsync(long.Parse(runId, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The log of a run, the oldest line first.</summary>
    public async Task<IReadOnlyList<RunEventRecord>> LogOfAsync(string runId) =>
        [.. (await RunsQueries.EventsAsync(runId, null, 1000, CancellationToken.None)).Items.Reverse()];

    public async Task<IReadOnlyList<ResultRecord>> ResultsOfAsync(string runId)
    {
        var results = new List<ResultRecord>();
        await foreach (var result in Results.AllAsync(runId, CancellationToken.None))
            results.Add(result);
        return results;
    }

    /// <summary>As a host does it: in reverse order.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
