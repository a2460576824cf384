namespace LogprobDashboard.Workbench.Runs;

/// <summary>Counts what the samples of one variant cost.</summary>
internal sealed class CostTally
{
    public int Calls { get; private set; }

    public int FromCache { get; private set; }

    public int Duplicates { get; private set; }

    public int Unusable { get; private set; }

    public int Unchecked { get; private set; }

    public void AddCall() => Calls++;

    public void AddFromCache() => FromCache++;

    public void AddDuplicate() => Duplicates++;

    public void AddUnusable() => Unusable++;

    /// <summary>Not looked at: each may need a call.</summary>
    public void AddUnchecked(int samples)
    {
        Calls += samples;
        Unchecked += samples;
    }
}
