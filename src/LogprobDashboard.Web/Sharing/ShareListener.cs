using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Web.Sharing;

/// <summary>
/// A server beside the product's, for shared links alone (LogprobDashboard:ShareUrls). It has a pipeline of its own with one address in it: nothing of the product is mapped there,
/// so nothing has to be kept out, whatever host name, port or path a request names.
/// </summary>
internal sealed partial class ShareListener(IOptions<WorkbenchOptions> options, IServiceProvider product, IConfiguration configuration, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _server;

    /// <summary>Where it listens, as it was told and as it came to be; empty where it does not.</summary>
    public IReadOnlyList<(BindingAddress Told, string Bound)> Addresses { get; private set; } = [];

    public static IReadOnlyList<string> Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Addresses of a scheme, a host and a port, no path.</summary>
    public static bool IsValid(string urls) => Split(urls).All(url => TryParse(url) is { IsUnixPipe: false, IsNamedPipe: false, PathBase: "", Scheme: "http" or "https" });

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var urls = Split(options.Value.ShareUrls);
        if (urls.Count == 0)
            return;
        _server = Build(urls);
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (IOException problem)
        {
            throw new IOException($"Shared links cannot be served at {options.Value.ShareUrls} (LogprobDashboard:ShareUrls): {problem.Message}", problem);
        }

        var bound = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Addresses = [.. urls.Zip(bound, (url, address) => (TryParse(url)!, address))];
        Started(loggers.CreateLogger<ShareListener>(), string.Join(", ", bound));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private WebApplication Build(IEnumerable<string> urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ApplicationName = "LogprobDashboard.Sharing" });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, ProductLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls([.. urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(Certificates());
        });
        var server = builder.Build();
        server.Run(AnswerAsync);
        return server;
    }

    /// <summary>Those of the product, without its addresses.</summary>
    private IConfiguration Certificates()
    {
        const string Section = "Kestrel:";
        return new ConfigurationBuilder().AddInMemoryCollection(configuration.GetSection("Kestrel:Certificates").AsEnumerable().Select(pair => KeyValuePair.Create(pair.Key[Section.Length..], pair.Value))).Build();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return path.StartsWith(SharedPage.Path, StringComparison.Ordinal) && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            ? SharedPage.AnswerAsync(context, path[SharedPage.Path.Length..], product)
            : SharedPage.NotFoundAsync(context);
    }

    private static BindingAddress? TryParse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shared links, and nothing else, are served at {Addresses}")]
    private static partial void Started(ILogger logger, string addresses);

    /// <summary>It starts and ends with the product, and listens to no signal itself.</summary>
    private sealed class ProductLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
