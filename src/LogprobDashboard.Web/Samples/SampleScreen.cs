using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Distributions;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Samples;

/// <summary>A sample with all that its page's parts share.</summary>
public sealed record SampleScreen(ExperimentSummary Experiment, SampleView View, LabelPalette Palette, IReadOnlyList<SampleRunLook> Runs)
{
    public static SampleScreen Of(ExperimentSummary experiment, SampleView view) => new(
        experiment,
        view,
        new LabelPalette(view.Labels),
        [.. view.Runs.Select((run, place) => new SampleRunLook(run, SeriesPalette.Color(place % SeriesPalette.Count), NameOf(view, run)))]);

    private static string NameOf(SampleView view, SampleRun run)
    {
        var name = Version(run);
        return view.Runs.Count(other => Version(other) == name) == 1 ? name : view.Runs.Count(other => other.Name == run.Name) == 1 ? run.Name : $"{run.Name} #{run.RunId}";
    }

    private static string Version(SampleRun run) => run.VariantVersion is null ? run.Name : FormattableString.Invariant($"{run.VariantName} v{run.VariantVersion}");
}

public sealed record SampleRunLook(SampleRun Run, string Color, string Name);
