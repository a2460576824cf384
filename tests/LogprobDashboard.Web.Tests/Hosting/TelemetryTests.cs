using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>What leaves the process beside its pages: logs, metrics, traces.</summary>
[Collection(AloneCollection.Name)]
public sealed class TelemetryTests
{
    private const string Canary = "canary-of-a-sample-text";
    private const string Key = "sk-canary-of-a-key-0123456789";

    /// <summary>The server repeats prompt and key in every message of its own, as some do; answers, refusals and errors take turns once the probe is over.</summary>
    [Fact]
    public async Task Run_OverATextAndAKey_LeavesThemOutOfLogsTracesAndMetrics()
    {
        var asked = 0;
        await using var server = await ScriptedServer.StartAsync((request, context) => (request.Prompt.StartsWith(Canary, StringComparison.Ordinal) ? Interlocked.Increment(ref asked) % 4 : 0) switch
        {
            1 => ScriptedServer.WriteAsync(context, 400, $$"""{"error":{"type":"invalid_request_error","message":"Refused: {{request.Prompt}} with {{request.Authorization}}" } }"""),
            2 => ScriptedServer.WriteAsync(context, 200, $"no JSON at all: {request.Prompt} {request.Authorization}"),
            _ => ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("No", -0.1), (Canary, -3)).ToJsonString()),
        });
        var logs = new ConcurrentQueue<string>();
        var (spans, metrics) = (new Heard<Activity>(), new Heard<MetricSnapshot>());
        using var directory = new TemporaryDirectory();
        using (var host = new ListeningHost(directory.Path, logs, spans, metrics))
        {
            using var client = host.CreateClient();
            var run = await RunAsync(client, server.BaseUrl);
            Assert.Equal("completed", run.Text("status"));
            Assert.NotEqual(0, run.Count("failed"));
            host.Services.GetRequiredService<MeterProvider>().ForceFlush();
            host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        }

        var traced = spans.SoFar().SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName).Append(span.StatusDescription ?? "")).ToList();
        var measured = metrics.SoFar().SelectMany(metric => metric.MetricPoints.SelectMany(point => Tags(point.Tags)).Append(metric.Name)).ToList();
        foreach (var told in new IEnumerable<string>[] { logs, traced, measured })
        {
            Assert.NotEmpty(told);
            Assert.DoesNotContain(told, text => text.Contains(Canary, StringComparison.OrdinalIgnoreCase) || text.Contains(Key, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains("chat m", traced);
        Assert.Contains("error.type=malformed", traced);
        Assert.Superset(
            new HashSet<string> { "gen_ai.client.operation.duration", "gen_ai.client.token.usage", "logprob_dashboard.results.stored", "logprob_dashboard.cache.hits", "logprob_dashboard.call.retries", "logprob_dashboard.runs.active", "logprob_dashboard.results.waiting", "logprob_dashboard.requests.pending" },
            metrics.SoFar().Select(metric => metric.Name).ToHashSet());
    }

    [Fact]
    public void Product_WithoutACollector_CollectsNothing()
    {
        using var host = ProductHost.Start();

        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData("LogprobDashboard:OtlpEndpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Product_WithACollector_SendsMetricsAndTraces(string setting)
    {
        var received = new ConcurrentBag<string>();
        await using var collector = await CollectorAsync(received);
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        using (var host = ProductHost.Start(null, (setting, collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            using var client = host.Client();
            await RunAsync(client, server.BaseUrl);
            host.Services.GetRequiredService<MeterProvider>().ForceFlush();
            host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> RunAsync(HttpClient client, string baseUrl)
    {
        var rows = "text,label\n" + string.Concat(Enumerable.Range(0, 24).Select(index => string.Create(CultureInfo.InvariantCulture, $"{Canary} {index % 20},{(index % 3 == 0 ? "spam" : "ham")}\n")));
        var dataset = await client.UploadAsync("rows.csv", System.Text.Encoding.UTF8.GetBytes(rows));
        var endpoint = await client.PostObjectAsync("/api/endpoints", new { name = "echo", baseUrl, model = "m", apiKey = Key, maxConcurrency = 2 });
        var experiment = await client.PostObjectAsync("/api/experiments", new { name = "e", datasetId = dataset.Text("id"), endpointId = endpoint.Text("id"), labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } } });
        await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/variants", new { name = "v", user = "{{ text }}" });
        var started = await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/runs", new { });
        return await client.WhenEndedAsync(started["runs"]![0]!.Text("id"));
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentBag<string> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            received.Add(context.Request.Path.ToString());
            context.Response.StatusCode = (int)HttpStatusCode.OK;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>Sources are those of the process: what other tests do may still be heard while this one reads.</summary>
    private sealed class Heard<T> : System.Collections.ObjectModel.Collection<T>
    {
        private readonly Lock _lock = new();

        public IReadOnlyList<T> SoFar()
        {
            lock (_lock)
                return [.. Items];
        }

        protected override void InsertItem(int index, T item)
        {
            lock (_lock)
                base.InsertItem(Items.Count, item);
        }
    }

    private static List<string> Tags(ReadOnlyTagCollection tags)
    {
        var words = new List<string>();
        foreach (var tag in tags)
            words.Add($"{tag.Key}={tag.Value}");
        return words;
    }

    /// <summary>The product with everything heard: its own logs at their most talkative, others as they are by default, and what exporters are handed.</summary>
    private sealed class ListeningHost : WebApplicationFactory<Program>, ILoggerProvider, ILogger
    {
        private readonly string _directory;
        private readonly ConcurrentQueue<string> _logs;
        private readonly Heard<Activity> _spans;
        private readonly Heard<MetricSnapshot> _metrics;

        public ListeningHost(string directory, ConcurrentQueue<string> logs, Heard<Activity> spans, Heard<MetricSnapshot> metrics)
        {
            (_directory, _logs, _spans, _metrics) = (directory, logs, spans, metrics);
            UseKestrel(0);
            StartServer();
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _logs.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _logs.Enqueue($"{formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(pair => pair.Value)) : null)}");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("LogprobDashboard:DataDirectory", _directory);
            builder.UseSetting("LogprobDashboard:CreateDemoExperiment", "false");
            builder.UseSetting("LogprobDashboard:FirstRetrySeconds", "0");
            builder.ConfigureLogging(logging => logging.AddProvider(this).AddFilter("LogprobDashboard", LogLevel.Trace).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Debug));
            builder.ConfigureServices(services => services.AddOpenTelemetry()
                .WithMetrics(metrics => metrics.AddMeter(WorkbenchTelemetry.Name).AddInMemoryExporter(_metrics))
                .WithTracing(tracing => tracing.AddSource(WorkbenchTelemetry.Name).AddInMemoryExporter(_spans)));
        }
    }
}
