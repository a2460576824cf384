using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>One kind of curve of all compared runs: from its numbers to what is drawn. Axes are those of all runs, whichever of them are drawn.</summary>
public abstract class RunCurves
{
    /// <summary>Whether a run has a curve of this kind.</summary>
    public abstract bool Has(CompareRow row);

    /// <summary>The chart of some of the runs, over each other.</summary>
    public abstract ChartDefinition Draw(IReadOnlyList<CompareRow> rows);

    /// <summary>What stands beside a run's name above its own chart.</summary>
    public abstract string Figure(CompareRow row);

    /// <summary>The small charts of some of the runs: one a run, unless the kind divides otherwise.</summary>
    public virtual IReadOnlyList<SmallMultiple> Divide(IReadOnlyList<CompareRow> rows, CompareLayout layout) => [.. rows.Select(Alone)];

    /// <summary>Whether several runs can be drawn over each other.</summary>
    public virtual bool Overlays => true;

    /// <summary>Whether there is a choice of layouts.</summary>
    public virtual bool HasLayouts => Overlays;

    /// <summary>What the legend names besides the runs.</summary>
    public virtual IReadOnlyList<ChartLegendEntry> Legend => [];

    /// <summary>A run's own chart.</summary>
    protected SmallMultiple Alone(CompareRow row)
    {
        var chart = Draw([row]);
        return new SmallMultiple(row.Name.Full, Figure(row), chart with { Title = $"{chart.Title}, {row.Name.Full}", Guides = [.. chart.Guides.Select(guide => guide with { Label = "" })] })
        {
            Swatches = [CompareCharts.Entry(row, isOff: false)],
        };
    }
}
