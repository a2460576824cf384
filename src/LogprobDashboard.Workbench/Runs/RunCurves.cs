using System.Collections.Concurrent;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// The curves that stand beside runs. Of a run that is over it is kept with the run's figures. Of one under way it is computed beside what pages wait for, once for all
/// who look, every two seconds at most and for no more than a tenth of the time; nobody looks: not at all.
/// </summary>
internal sealed partial class RunCurves(RunFigures figures, RunSignals signals, TimeProvider time, ILogger<RunCurves> logger) : IDisposable
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private const int ShareOfTime = 10;
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<long, Held> _held = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How often a curve was computed of a run under way.</summary>
    internal int Computed { get; private set; }

    /// <summary>The curves that are known now, by run; those that are computed meanwhile are signalled.</summary>
    public async Task<IReadOnlyDictionary<long, RunCurve>> OfAsync(IReadOnlyList<ListedRun> runs, bool isMean, CancellationToken cancellationToken)
    {
        var over = runs.Where(run => !IsUnderWay(run) && run.Answered > 0).ToList();
        await KeepAsync(over.Where(run => !_held.TryGetValue(run.Id, out var held) || !held.IsOf(run)).ToList(), isMean, cancellationToken).ConfigureAwait(false);
        foreach (var run in runs.Where(run => IsUnderWay(run) && run.Answered > 0))
            ComputeIfDue(run, isMean);
        return runs.Where(run => run.Answered > 0 && _held.TryGetValue(run.Id, out var held) && held.Curve is not null).ToDictionary(run => run.Id, run => _held[run.Id].Curve!);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static bool IsUnderWay(ListedRun run) => run.Status is RunStatus.Queued or RunStatus.Running or RunStatus.Paused;

    private async Task KeepAsync(List<ListedRun> runs, bool isMean, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
            return;
        if (_held.Count > MostKept)
            _held.Clear();
        var known = await figures.OfAsync(runs, withCurves: true, cancellationToken).ConfigureAwait(false);
        foreach (var run in runs.Where(run => known.ContainsKey(run.Id)))
            _held[run.Id] = Held.Of(run, ToCurve(known[run.Id], isMean), long.MinValue);
    }

    private void ComputeIfDue(ListedRun run, bool isMean)
    {
        _held.TryGetValue(run.Id, out var held);
        if (held is not null && (held.Computing || held.IsOf(run) || time.GetTimestamp() < held.NotBefore))
            return;
        var computing = (held ?? Held.Of(run, null, long.MinValue)) with { Computing = true };
        if (held is null ? _held.TryAdd(run.Id, computing) : _held.TryUpdate(run.Id, computing, held))
            _ = Task.Run(() => ComputeAsync(run, computing, isMean), CancellationToken.None); // never throws
    }

    private async Task ComputeAsync(ListedRun run, Held before, bool isMean)
    {
        var after = before with { Computing = false, NotBefore = time.GetTimestamp() + Ticks(Pause) };
        try
        {
            var started = time.GetTimestamp();
            var figure = await figures.ComputeAsync(run, _stop.Token).ConfigureAwait(false);
            var took = time.GetElapsedTime(started) * ShareOfTime;
            Computed++;
            after = Held.Of(run, figure is null ? null : ToCurve(figure, isMean), time.GetTimestamp() + Ticks(took > Pause ? took : Pause));
        }
        catch (Exception exception)
        {
            // An older curve stays, and the next look tries again.
            if (!_stop.IsCancellationRequested && !DatabaseTrouble.MayPass(exception))
                CannotCompute(logger, run.Id, exception);
        }

        _held[run.Id] = after;
        signals.Raise();
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private static RunCurve ToCurve(RunFigure figure, bool isMean) =>
        new(figure.AveragePrecision, figure.PositiveLabel, isMean, [.. figure.Curve.Select(point => new CurvePoint(null, point[1], point[0]))]);

    [LoggerMessage(Level = LogLevel.Error, Message = "The curve of run {RunId} cannot be computed.")]
    private static partial void CannotCompute(ILogger logger, long runId, Exception exception);

    private sealed record Held(int ResultsRevision, int LabelRevision, string PositiveLabel, RunCurve? Curve, long NotBefore, bool Computing)
    {
        public static Held Of(ListedRun run, RunCurve? curve, long notBefore) => new(run.ResultsRevision, run.LabelRevision, run.PositiveLabel, curve, notBefore, false);

        public bool IsOf(ListedRun run) => Curve is not null && (ResultsRevision, LabelRevision, PositiveLabel) == (run.ResultsRevision, run.LabelRevision, run.PositiveLabel);
    }
}
