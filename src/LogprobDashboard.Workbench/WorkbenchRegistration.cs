using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Sharing;
using LogprobDashboard.Workbench.Start;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LogprobDashboard.Workbench;

public static class WorkbenchRegistration
{
    /// <summary>Everything but <see cref="BuiltInServers"/>, which the host gives.</summary>
    public static IServiceCollection AddWorkbench(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddStorage().AddDatasets().AddEndpoints().AddExperiments().AddPrompts().AddRuns().AddCompare().AddOutliers().AddSharing().AddStart();
    }

    /// <summary>Makes the data directory and the database ready; call it before the host starts.</summary>
    /// <exception cref="UserErrorException">Another process uses the directory.</exception>
    public static Task PrepareWorkbenchAsync(this IServiceProvider services, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<WorkbenchStartup>().PrepareAsync(cancellationToken);
}
