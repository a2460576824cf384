namespace LogprobDashboard.Workbench.Runs;

/// <summary>How fast a run goes, from what ended in the last seconds. A sample answered from the cache is no request; one that was asked for again is several.</summary>
internal sealed class RunPace(TimeProvider time)
{
    private const int Seconds = 15;

    private readonly Lock _lock = new();
    private readonly int[] _requests = new int[Seconds];
    private readonly int[] _samples = new int[Seconds];
    private readonly long _started = time.GetTimestamp();
    private long _newest;

    /// <summary>A call has ended, well or not.</summary>
    public void Called() => Count(_requests);

    /// <summary>A sample has its result.</summary>
    public void Finished() => Count(_samples);

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

    private void Count(int[] what)
    {
        lock (_lock)
        {
            Advance();
            what[_newest % Seconds]++;
        }
    }

    private void Advance()
    {
        var now = (long)time.GetElapsedTime(_started).TotalSeconds;
        if (now - _newest > Seconds)
            _newest = now - Seconds; // a fake or a sleeping clock may jump
        for (; _newest < now; _newest++)
            _requests[(_newest + 1) % Seconds] = _samples[(_newest + 1) % Seconds] = 0;
    }
}
