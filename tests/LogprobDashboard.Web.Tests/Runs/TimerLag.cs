using System.Diagnostics;

namespace LogprobDashboard.Web.Tests.Runs;

/// <summary>How late this machine is: the longest time by which a timer of ten milliseconds came after it was due, so far.</summary>
internal sealed class TimerLag : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _measuring;
    private double _longest;

    public TimerLag() => _measuring = Task.Run(MeasureAsync);

    public double LongestMilliseconds => Volatile.Read(ref _longest);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _measuring;
        _end.Dispose();
    }

    private async Task MeasureAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await Task.Delay(Period, CancellationToken.None);
            var late = (Stopwatch.GetElapsedTime(start) - Period).TotalMilliseconds;
            if (late > _longest)
                Volatile.Write(ref _longest, late);
        }
    }
}
