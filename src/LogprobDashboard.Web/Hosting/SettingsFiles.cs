using Microsoft.Extensions.Configuration.Json;

namespace LogprobDashboard.Web.Hosting;

/// <summary>
/// Where settings come from, the weakest first: appsettings.json, appsettings.local.json at the top level, the same file in the data directory,
/// environment variables, the command line.
/// </summary>
internal static class SettingsFiles
{
    public const string LocalFile = "appsettings.local.json";
    public const string DefaultUrl = "http://127.0.0.1:5000";

    private const string DataDirectoryKey = "LogprobDashboard:DataDirectory";

    public static void AddTo(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var top = TopLevel(AppContext.BaseDirectory);
        AddFile(configuration, Path.Combine(top ?? Directory.GetCurrentDirectory(), LocalFile));
        var data = Path.GetFullPath(configuration[DataDirectoryKey] is { Length: > 0 } given ? given : DefaultDataDirectory(top));
        AddFile(configuration, Path.Combine(data, LocalFile));
        configuration[DataDirectoryKey] = data;
        if (!SaysWhereToListen(configuration))
            builder.WebHost.UseUrls(DefaultUrl);
    }

    /// <summary>The user's local application data, or ./data where the system has no such folder.</summary>
    private static string DefaultDataDirectory(string? top)
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return local.Length > 0 ? Path.Combine(local, "LogprobDashboard") : Path.Combine(top ?? Directory.GetCurrentDirectory(), "data");
    }

    private static bool SaysWhereToListen(ConfigurationManager configuration) =>
        configuration["urls"] is { Length: > 0 }
        || configuration["http_ports"] is { Length: > 0 }
        || configuration["https_ports"] is { Length: > 0 }
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    /// <summary>Stronger than the files before it, weaker than environment and command line.</summary>
    private static void AddFile(ConfigurationManager configuration, string path)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var after = sources.Select((source, index) => (source, index)).Where(pair => pair.source is JsonConfigurationSource).Select(pair => pair.index + 1).DefaultIfEmpty(0).Max();
        var source = new JsonConfigurationSource { Path = path, Optional = true, ReloadOnChange = false };
        source.ResolveFileProvider();
        sources.Insert(after, source);
    }

    /// <summary>The repository's top level, when started from it; null for a published copy elsewhere.</summary>
    private static string? TopLevel(string from)
    {
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "LogprobDashboard.sln")))
                return directory.FullName;
        }

        return null;
    }
}
