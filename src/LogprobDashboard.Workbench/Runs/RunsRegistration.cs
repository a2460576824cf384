using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Runs;

public static class RunsRegistration
{
    /// <summary>The writer before the engine: hosted services stop in reverse order, and what the engine has left must still be written. What can be made again stops last.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<RunSignals>()
        .AddSingleton<AnswerHorizon>()
        .AddSingleton<AnswerLookup>()
        .AddSingleton<AnswerCache>()
        .AddSingleton<ResultWriter>()
        .AddSingleton<RunStates>()
        .AddSingleton<RunOrders>()
        .AddSingleton<RunForecasts>()
        .AddSingleton<TokenForecasts>()
        .AddSingleton<RunBudgets>()
        .AddSingleton<RunPlanner>()
        .AddSingleton(provider => RetryDelays.Of(provider.GetRequiredService<IOptions<WorkbenchOptions>>().Value, RandomNumberGenerator.GetInt32(int.MaxValue)))
        .AddSingleton<RetryingCaller>()
        .AddSingleton<RunNotes>()
        .AddSingleton<RunWorker>()
        .AddSingleton<RunEngine>()
        .AddSingleton<ResultRereading>()
        .AddSingleton<RunColumnsQueue>()
        .AddSingleton<RunScoresCache>()
        .AddSingleton<RunCurves>()
        .AddOwn<RunsQueries>()
        .AddOwn<RunFailuresQueries>()
        .AddOwn<RunsOverviewQueries>()
        .AddOwn<RunCostQueries>()
        .AddOwn<RunProgressFeed>()
        .AddOwn<CacheService>()
        .AddOwn<ResultsQueries>()
        .AddOwn<RunsService>()
        .AddOwn<RunImportService>()
        .AddHostedService<RunColumnsKeeper>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ResultWriter>())
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<RunEngine>())
        .AddHostedService<RunGauges>();
}
