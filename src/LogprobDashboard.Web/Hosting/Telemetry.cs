using LogprobDashboard.Workbench;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LogprobDashboard.Web.Hosting;

/// <summary>Sends metrics and traces to a collector, where one is named: by LogprobDashboard:OtlpEndpoint, or by OpenTelemetry's own variables. Else nothing is collected.</summary>
internal static class Telemetry
{
    private const string ServiceName = "logprob-dashboard";

    private static readonly string[] StandardSettings = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var own = configuration[$"{WorkbenchOptions.SectionName}:{nameof(WorkbenchOptions.OtlpEndpoint)}"];
        if (string.IsNullOrWhiteSpace(own) && StandardSettings.All(name => string.IsNullOrWhiteSpace(configuration[name])))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics
                .AddMeter(WorkbenchTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddOtlpExporter(options => Direct(options, own, "v1/metrics")))
            .WithTracing(tracing => tracing
                .AddSource(WorkbenchTelemetry.Name)
                .AddOtlpExporter(options => Direct(options, own, "v1/traces")));
    }

    /// <summary>An endpoint that is set in code is taken as it stands: over HTTP the path of the signal belongs to it.</summary>
    private static void Direct(OtlpExporterOptions options, string? own, string path)
    {
        if (!Uri.TryCreate(own, UriKind.Absolute, out var address))
            return;
        options.Endpoint = options.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{path}") : address;
    }
}
