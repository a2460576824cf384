using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Passes on what a page can show: four reports a second.</summary>
internal sealed class ThrottledProgress(TimeProvider time, Action<ImportProgress> show) : IProgress<ImportProgress>
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private long _last = time.GetTimestamp();

    public void Report(ImportProgress value)
    {
        if (time.GetElapsedTime(_last) < Tick)
            return;
        _last = time.GetTimestamp();
        show(value);
    }
}
