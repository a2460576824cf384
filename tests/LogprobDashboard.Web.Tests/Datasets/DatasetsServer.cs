using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Web.Tests.Datasets;

/// <summary>The datasets API alone, on a real Kestrel and a real database, with an own small mapping of refusals.</summary>
internal sealed class DatasetsServer : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("logprob-dashboard-").FullName;
    private readonly WebApplication _app;

    private DatasetsServer(long maxUploadBytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<WorkbenchOptions>(options => (options.DataDirectory, options.MaxUploadBytes) = (_directory, maxUploadBytes));
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_directory, "test.db"), Pooling = false, ForeignKeys = true }.ToString();
        builder.Services.AddDbContextFactory<WorkbenchDb>(options => options.UseSqlite(connection));
        builder.Services.AddSingleton<WriteGate>().AddSingleton(TimeProvider.System).AddDatasets();
        _app = builder.Build();
        _app.Use(MapRefusals);
        _app.MapDatasets();
    }

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Client { get; private set; } = null!;

    /// <summary>How requests ended, in order: null for those that were answered.</summary>
    public System.Threading.Channels.Channel<Exception?> Ended { get; } = System.Threading.Channels.Channel.CreateUnbounded<Exception?>();

    public string UploadsDirectory => Path.Combine(_directory, "uploads");

    public static async Task<DatasetsServer> StartAsync(long maxUploadBytes = 100_000_000)
    {
        var server = new DatasetsServer(maxUploadBytes);
        await using (var db = await server._app.Services.GetRequiredService<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync())
            await db.Database.EnsureCreatedAsync();
        await server._app.StartAsync();
        server.Client = new HttpClient { BaseAddress = server.Address };
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task MapRefusals(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            Ended.Writer.TryWrite(null);
        }
        catch (UserErrorException refusal)
        {
            Ended.Writer.TryWrite(refusal);
            context.Response.StatusCode = refusal.Kind switch
            {
                UserErrorKind.Malformed => 400,
                UserErrorKind.NotFound => 404,
                UserErrorKind.Conflict => 409,
                UserErrorKind.TooLarge => 413,
                UserErrorKind.UnsupportedFormat => 415,
                _ => 422,
            };
            await context.Response.WriteAsJsonAsync(new { title = refusal.Title, detail = refusal.Detail, errors = refusal.Errors });
        }
        catch (Exception failure)
        {
            Ended.Writer.TryWrite(failure);
            throw;
        }
    }
}
