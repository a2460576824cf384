using LogprobDashboard.Web.Charts;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A run with the name and the colour that it has all over the page. <paramref name="Short"/> is for sentences, <paramref name="Full"/> for headings.</summary>
public sealed record OutlierLook(OutlierRun Run, string Short, string Full, int Slot)
{
    public string Color => SeriesPalette.Color(Slot);

    public static IReadOnlyList<OutlierLook> Of(OutliersView view)
    {
        var slots = SeriesPalette.Assign([.. view.Choices.Select(choice => choice.RunId)], [.. view.Runs.Select(run => run.RunId)]);
        return [.. view.Runs.Select(run => new OutlierLook(run, Tell(view.Runs, run, Variant, Version, Named), Tell(view.Runs, run, Version, Named), slots[run.RunId]))];
    }

    private static string Variant(OutlierRun run) => run.VariantName;

    private static string Version(OutlierRun run) => run.VariantVersion is null ? run.Name : FormattableString.Invariant($"{run.VariantName} v{run.VariantVersion}");

    private static string Named(OutlierRun run) => run.Name;

    /// <summary>The shortest name that no other has.</summary>
    private static string Tell(IReadOnlyList<OutlierRun> runs, OutlierRun run, params ReadOnlySpan<Func<OutlierRun, string>> namings)
    {
        foreach (var naming in namings)
        {
            var name = naming(run);
            if (runs.Count(other => naming(other) == name) == 1)
                return name;
        }

        return $"{run.Name} #{run.RunId}";
    }
}
