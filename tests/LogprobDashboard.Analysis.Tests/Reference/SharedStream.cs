namespace LogprobDashboard.Analysis.Tests.Reference;

/// <summary>The generator of outside_figures.py: both draw the same samples.</summary>
internal sealed class SharedStream(ulong seed)
{
    private ulong _state = seed;

    public double Next()
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return (_state >> 11) / (double)(1UL << 53);
    }
}
