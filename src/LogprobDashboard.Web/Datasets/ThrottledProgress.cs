using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Passes on what a page can show: no two reports within <paramref name="pause"/>.</summary>
internal sealed class ThrottledProgress(TimeProvider time, TimeSpan pause, Action<ImportProgress> show) : IProgress<ImportProgress>
{
    private long _last = time.GetTimestamp();

    public void Report(ImportProgress value)
    {
        if (time.GetElapsedTime(_last) < pause)
            return;
        _last = time.GetTimestamp();
        show(value);
    }
}
