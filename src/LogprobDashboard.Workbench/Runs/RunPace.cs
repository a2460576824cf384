namespace LogprobDashboard.Workbench.Runs;

/// <summary>How fast a run goes, from what was finished in the last seconds. Samples answered from the cache are no requests.</summary>
internal sealed class RunPace(TimeProvider time)
{
    private const int Seconds = 15;

    private readonly Lock _lock = new();
    private readonly int[] _requests = new int[Seconds];
    private readonly int[] _samples = new int[Seconds];
    private readonly long _started = time.GetTimestamp();
    private long _newest;

    public void Finished(bool cached)
    {
        lock (_lock)
        {
            Advance();
            _samples[_newest % Seconds]++;
            if (!cached)
                _requests[_newest % Seconds]++;
        }
    }

    /// <summary>Both per second; null within the first second.</summary>
    public (double Requests, double Samples)? PerSecond()
    {
        lock (_lock)
        {
            Advance();
            var elapsed = time.GetElapsedTime(_started).TotalSeconds;
            if (elapsed < 1)
                return null;
            var window = Math.Min(elapsed, Seconds - 1 + (elapsed % 1));
            return (_requests.Sum() / window, _samples.Sum() / window);
        }
    }

    private void Advance()
    {
        var now = (long)time.GetElapsedTime(_started).TotalSeconds;
        for (; _newest < now; _newest++)
            _requests[(_newest + 1) % Seconds] = _samples[(_newest + 1) % Seconds] = 0;
    }
}
