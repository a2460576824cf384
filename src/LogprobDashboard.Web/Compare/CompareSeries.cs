using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A run with the name and the look that it has all over the page.</summary>
public sealed record CompareRow(ComparedRun Run, RunName Name, int Slot, bool IsBest, IReadOnlyList<string> Notes)
{
    public string Color => SeriesPalette.Color(Slot);
}

/// <summary>From a view's numbers to what the chart draws and the table lists.</summary>
public static class CompareSeries
{
    public static IReadOnlyList<CompareRow> Rows(CompareView view)
    {
        var runs = view.Runs.Take(SeriesPalette.Count).ToList();
        var slots = SeriesPalette.Assign([.. view.Choices.Select(choice => choice.RunId)], [.. runs.Select(run => run.RunId)]);
        var best = runs.Count > 1 ? runs.Max(run => run.AveragePrecision) : null;
        var names = RunNames.Of(runs);
        return [.. runs.Select((run, index) => new CompareRow(run, names[index], slots[run.RunId], best is not null && run.AveragePrecision == best, Notes(run)))];
    }

    private static List<string> Notes(ComparedRun run)
    {
        var notes = new List<string>();
        if (run.Status != "completed")
            notes.Add(run.Status);
        if (run.SampleSelection is { } selection)
            notes.Add(selection);
        if (run.Censored > 0)
            notes.Add(Figures.Count(run.Censored) + " with a label outside the top tokens");
        if (run.LeftOut > 0)
            notes.Add(Figures.Count(run.LeftOut) + " left out: no label of the experiment");
        return notes;
    }
}
