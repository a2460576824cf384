using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What can be told of runs at any moment: it is looked up when somebody collects metrics, and not otherwise.</summary>
internal sealed class RunGauges(RunEngine engine, ResultWriter writer, AnswerCache cache) : IHostedService, IDisposable
{
    private readonly Meter _meter = new(WorkbenchTelemetry.Name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("logprob_dashboard.runs.active", () => engine.RunsAtWork, "{run}", "Runs at work.");
        _meter.CreateObservableGauge("logprob_dashboard.results.waiting", () => writer.Waiting, "{result}", "Results that came and are not stored yet.");
        _meter.CreateObservableGauge("logprob_dashboard.requests.pending", () => cache.OnTheWay, "{request}", "Requests of runs that are being asked, or whose answer is not stored yet.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
