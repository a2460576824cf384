using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LogprobDashboard.Workbench.Runs;

public static class RunsRegistration
{
    /// <summary>The writer before the engine: hosted services stop in reverse order, and what the engine has left must still be written.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<RunSignals>()
        .AddSingleton<AnswerCache>()
        .AddSingleton<ResultWriter>()
        .AddSingleton<RunStates>()
        .AddSingleton<RunOrders>()
        .AddSingleton<RunForecasts>()
        .AddSingleton<RunPlanner>()
        .AddSingleton<RunWorker>()
        .AddSingleton<RunEngine>()
        .AddSingleton<ResultRereading>()
        .AddSingleton<RunScoresCache>()
        .AddOwn<RunsQueries>()
        .AddOwn<RunFailuresQueries>()
        .AddOwn<RunsOverviewQueries>()
        .AddOwn<RunCostQueries>()
        .AddOwn<RunProgressFeed>()
        .AddOwn<ResultsQueries>()
        .AddOwn<RunsService>()
        .AddOwn<RunImportService>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ResultWriter>())
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<RunEngine>());
}
