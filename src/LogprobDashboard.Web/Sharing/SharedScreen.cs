using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Sharing;

/// <summary>A screen without what a document must not show: what is not in it cannot slip out.</summary>
internal static class SharedScreen
{
    public static CompareScreen For(this CompareScreen screen, DocumentNature nature)
    {
        ArgumentNullException.ThrowIfNull(nature);
        var shown = nature.ShowsTexts ? screen : screen with { Parts = WithoutTexts(screen.Parts) };
        return nature.IsShared ? WithoutEndpoints(shown) : shown;
    }

    private static CompareScreen WithoutEndpoints(CompareScreen screen) => screen with
    {
        Experiment = screen.Experiment with { EndpointId = null, EndpointName = null, Model = null, Host = null },
        View = screen.View with { EndpointSummary = "", Runs = [.. screen.View.Runs.Select(WithoutHost)] },
        Rows = [.. screen.Rows.Select(row => row with { Run = WithoutHost(row.Run) })],
    };

    private static ComparedRun WithoutHost(ComparedRun run) => run with { EndpointHost = null };

    private static ComparePart WithoutTexts(ComparePart parts) => parts with
    {
        Changes = parts.Changes is null ? null : [.. parts.Changes.Select(run => run with { Samples = run.Samples is null ? null : [.. run.Samples.Select(sample => sample with { Text = "" })] })],
        Confusions = parts.Confusions is null ? null : [.. parts.Confusions.Select(run => run with { Pairs = [.. run.Pairs.Select(pair => pair with { Samples = [.. pair.Samples.Select(sample => sample with { Text = "" })] })] })],
    };
}
