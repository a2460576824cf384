using System.Data.Common;
using System.Net.Sockets;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Web.Endpoints;
using LogprobDashboard.Web.Experiments;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Web.Prompts;
using LogprobDashboard.Web.Runs;
using LogprobDashboard.Web.Sharing;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Web.Hosting;

/// <summary>How the process is set up around the product: settings, limits, errors, the API's conventions.</summary>
internal static partial class Host
{
    private const int LongestDrainSeconds = 25;
    private const int SecondsToStore = 5;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var start = new HostStart();
        builder.Services.AddSingleton(start);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && !start.IsUnderWay); // it would print a stack trace where ServeAsync says a sentence
        builder.WebHost.UseStaticWebAssets(); // else "dotnet run" outside of Development serves no asset
        var services = builder.Services;
        services.AddOptions<WorkbenchOptions>().BindConfiguration(WorkbenchOptions.SectionName)
            .Validate(options => options.MaxUploadBytes > 0, "LogprobDashboard:MaxUploadBytes must be above 0.")
            .Validate(options => options.ScoreCacheBytes > 0, "LogprobDashboard:ScoreCacheBytes must be above 0.")
            .Validate(options => options.OtlpEndpoint.Length == 0 || (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"), "LogprobDashboard:OtlpEndpoint must be an address such as http://localhost:4317, or empty.")
            .Validate(options => options.CallAttempts is >= 1 and <= 100, "LogprobDashboard:CallAttempts must be from 1 to 100.")
            .Validate(options => options.FirstRetrySeconds is >= 0 and <= 60, "LogprobDashboard:FirstRetrySeconds must be from 0 to 60.")
            .Validate(options => options.DrainSeconds is >= 0 and <= LongestDrainSeconds, "LogprobDashboard:DrainSeconds must be from 0 to 25.")
            .Validate(options => ShareListener.IsValid(options.ShareUrls), "LogprobDashboard:ShareUrls must be addresses such as http://*:8080, separated by semicolons, or empty.")
            .ValidateOnStart();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(LongestDrainSeconds + SecondsToStore));
        services.ConfigureHttpJsonOptions(options => ApiConventions.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemHandler>();
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Configure);
    }

    /// <summary>Makes the data directory, the database and the server of links ready.</summary>
    /// <returns>False where that cannot be; the reason has been printed.</returns>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        try
        {
            await app.Services.PrepareWorkbenchAsync();
            await app.Services.GetRequiredService<ShareListener>().OpenAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is UserErrorException or OptionsValidationException or DbException or IOException or UnauthorizedAccessException)
        {
            CannotStart(app.Logger, exception.Message);
            return false;
        }

        var options = app.Services.GetRequiredService<IOptions<WorkbenchOptions>>().Value;
        app.Lifetime.ApplicationStarted.Register(() => Started(app.Logger, string.Join(", ", app.Urls), options.DataDirectory));
        return true;
    }

    /// <summary>Listens, and serves until it is told to stop.</summary>
    /// <returns>False where it cannot listen; the reason has been printed.</returns>
    public static async Task<bool> ServeAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<HostStart>().IsUnderWay = true;
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException { InnerException: AddressInUseException } or SocketException or FormatException)
        {
            CannotStart(app.Logger, $"{exception.Message.TrimEnd('.')}. Give it another address, for instance with --urls http://127.0.0.1:5050.");
            await app.StopAsync(); // what began before it, in order
            return false;
        }

        app.Services.GetRequiredService<HostStart>().IsUnderWay = false;
        await app.WaitForShutdownAsync();
        return true;
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<RequestGuard>();
        app.Use(ProblemHandler.FillEmptyAnswersAsync);
    }

    public static void MapHttpApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").DisableAntiforgery();
        app.MapDatasets();
        api.MapEndpoints();
        api.MapExperiments();
        api.MapVariants();
        api.MapRuns();
        api.MapCache();
        api.MapCompare();
        api.MapOutliers();
        api.MapShares();
        app.MapSharedPages();
        app.MapHealth();
        app.MapOpenApi();
        app.MapReadableApi();
    }

    private sealed class HostStart
    {
        public bool IsUnderWay { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "LogprobDashboard is open at {Addresses}; its data is in {DataDirectory}")]
    private static partial void Started(ILogger logger, string addresses, string dataDirectory);

    [LoggerMessage(Level = LogLevel.Critical, Message = "LogprobDashboard cannot start: {Reason}")]
    private static partial void CannotStart(ILogger logger, string reason);
}
