using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Datasets;

public static class DatasetsRegistration
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddSingleton<UploadStaging>()
        .AddSingleton<DatasetReading>()
        .AddSingleton<DatasetsService>()
        .AddSingleton<DatasetsQueries>();
}
