using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A bar of a histogram: from the left edge and as wide as a part of 100 % of the plot; heights are parts of 1, of all samples and of those that are listed.</summary>
public sealed record HistogramBar(double Left, double Width, double Height, double CellHeight, double From, double To, int Count, int CellCount);

/// <summary>A line across the plot, and its count.</summary>
public sealed record HistogramTick(double Height, int Count);

/// <summary>One run's histogram, ready to be drawn: counts on a log scale, ln(1 + n), so that rare samples are seen beside frequent ones. Axes are those of all runs.</summary>
public sealed record HistogramDrawing(OutlierLook Look, IReadOnlyList<HistogramBar> Bars, IReadOnlyList<HistogramTick> Ticks, double Low, double High, double? CutAt, bool HasCell)
{
    public static IReadOnlyList<HistogramDrawing> Of(OutliersView view, IReadOnlyList<OutlierLook> looks)
    {
        if (view.Edges.Count < 2)
            return [];
        var most = Math.Max(1, looks.SelectMany(look => look.Run.Bins).DefaultIfEmpty(0).Max());
        return [.. looks.Select(look => Of(view, look, most))];
    }

    /// <summary>Part of the plot's width left of a value, 0 to 1.</summary>
    public double Place(double value) => Place(value, Low, High);

    private static HistogramDrawing Of(OutliersView view, OutlierLook look, int most)
    {
        var (low, high) = (view.Edges[0], view.Edges[^1]);
        var bars = new List<HistogramBar>();
        for (var bin = 0; bin < look.Run.Bins.Count; bin++)
        {
            var cell = look.Run.CellBins.Count > bin ? look.Run.CellBins[bin] : look.Run.Bins[bin];
            var left = 100 * Place(view.Edges[bin], low, high);
            bars.Add(new HistogramBar(left, (100 * Place(view.Edges[bin + 1], low, high)) - left, Height(look.Run.Bins[bin], most), Height(cell, most), view.Edges[bin], view.Edges[bin + 1], look.Run.Bins[bin], cell));
        }

        return new HistogramDrawing(look, bars, TicksUpTo(most), low, high, look.Run.Cut is { } cut ? Place(cut, low, high) : null, look.Run.CellBins.Count > 0);
    }

    private static double Place(double value, double low, double high) => high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 0;

    private static double Height(int count, int most) => Math.Log(1 + count) / Math.Log(1 + most);

    /// <summary>1, 10, 100 … as far as the tallest bar goes.</summary>
    private static List<HistogramTick> TicksUpTo(int most)
    {
        var ticks = new List<HistogramTick>();
        for (long count = 1; count <= most; count *= 10)
            ticks.Add(new HistogramTick(Height((int)count, most), (int)count));
        return ticks;
    }
}
