using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Abstractions;
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
    public static bool IsValid(string urls) =>
        Split(urls).All(url => TryParse(url) is { IsUnixPipe: false, IsNamedPipe: false, PathBase: "", Scheme: "http" or "https", Port: >= 0 and <= IPEndPoint.MaxPort });

    /// <summary>Listens, before the product does: so that it does not start where links could not be served.</summary>
    /// <exception cref="IOException">It cannot listen there; the message is a sentence for whoever started the product.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var urls = Split(options.Value.ShareUrls);
        if (urls.Count == 0)
            return;
        _server = Build(urls);
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or SocketException or InvalidOperationException or CryptographicException)
        {
            throw new IOException($"Shared links cannot be served at {options.Value.ShareUrls}: {problem.Message.TrimEnd('.')}. Set LogprobDashboard:ShareUrls to an address that is free, or to nothing.", problem);
        }

        var bound = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Addresses = [.. urls.Zip(bound, (url, address) => (TryParse(url)!, address))];
        Started(loggers.CreateLogger<ShareListener>(), string.Join(", ", bound));
    }

    /// <summary>It is open by then.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private WebApplication Build(IEnumerable<string> urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ApplicationName = "LogprobDashboard.Sharing" });
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLoggers(loggers));
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

    /// <summary>The product's, but for the host's own: it would tell with all its calls that it could not start, which is told in a sentence.</summary>
    private sealed class ServerLoggers(ILoggerFactory product) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) ? NullLogger.Instance : product.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
            // The product's are not ours to dispose of.
        }
    }

    /// <summary>It starts and ends with the product, and listens to no signal itself.</summary>
    private sealed class ProductLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
