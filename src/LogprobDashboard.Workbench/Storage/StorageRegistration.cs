using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddDbContextFactory<WorkbenchDb>((provider, options) => Configure(options, provider.GetRequiredService<IOptions<WorkbenchOptions>>().Value.DatabasePath));
        services.AddSingleton<WriteGate>();
        services.AddSingleton<Markers>();
        services.AddSingleton<StorageQueries>();
        services.AddSingleton<WorkbenchStartup>();
        services.AddDataProtection().SetApplicationName("LogprobDashboard");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = new FileSystemXmlRepository(
                new DirectoryInfo(provider.GetRequiredService<IOptions<WorkbenchOptions>>().Value.KeyRingDirectory),
                provider.GetRequiredService<ILoggerFactory>())));
        return services;
    }

    public static void Configure(DbContextOptionsBuilder options, string path) =>
        options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString()).AddInterceptors(new SqlitePragmas());
}
