using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>The whole program on a free port of this machine, shared links on another, with a data directory of its own and the demo experiments in it.</summary>
public class AppHost : IAsyncLifetime
{
    private readonly bool _withDemo;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("logprob-browser-");
    private WebApplicationFactory<Program>? _factory;

    public AppHost()
        : this(withDemo: true)
    {
    }

    protected AppHost(bool withDemo) => _withDemo = withDemo;

    public Uri Address { get; private set; } = null!;

    /// <summary>For the HTTP API.</summary>
    public HttpClient Client { get; private set; } = null!;

    public Task InitializeAsync()
    {
        _factory = new App(_data.FullName, _withDemo);
        _factory.UseKestrel(0);
        _factory.StartServer();
        Address = _factory.ClientOptions.BaseAddress;
        Client = new HttpClient { BaseAddress = Address };
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_factory is not null)
            await _factory.DisposeAsync();
        try
        {
            _data.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A file is still held for a moment; the system's temporary directory is cleared without us.
        }
    }

    private sealed class App(string dataDirectory, bool withDemo) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) =>
            builder.UseSetting("LogprobDashboard:DataDirectory", dataDirectory)
                .UseSetting("LogprobDashboard:CreateDemoExperiment", withDemo ? "true" : "false")
                .UseSetting("LogprobDashboard:ShareUrls", "http://127.0.0.1:0");
    }
}

/// <summary>The program as it is without the demo experiments: everything is empty.</summary>
public sealed class EmptyAppHost() : AppHost(withDemo: false);
