using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LogprobDashboard.Workbench.Datasets;

public static class DatasetsRegistration
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddSingleton<UploadStaging>()
        .AddSingleton<StagedUploads>()
        .AddSingleton<UploadImports>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<UploadImports>())
        .AddSingleton<ReadingPreviews>()
        .AddSingleton<DatasetsBrowsing>()
        .AddSingleton<DatasetReading>()
        .AddSingleton<DatasetsService>()
        .AddSingleton<DatasetsQueries>();
}
