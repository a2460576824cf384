using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>How a run is called beside others. <paramref name="Short"/> is for sentences, <paramref name="Full"/> for legends and tables.</summary>
public sealed record RunName(string Short, string Full);

/// <summary>The shortest names that tell the runs of one comparison apart.</summary>
public static class RunNames
{
    public static IReadOnlyList<RunName> Of(IReadOnlyList<ComparedRun> runs) =>
        [.. runs.Select(run => new RunName(Tell(runs, run, Variant, Version, Named), Tell(runs, run, Version, Named)))];

    private static string Variant(ComparedRun run) => run.VariantName;

    private static string Version(ComparedRun run) => run.VariantVersion is null ? run.Name : FormattableString.Invariant($"{run.VariantName} v{run.VariantVersion}");

    private static string Named(ComparedRun run) => run.Name;

    private static string Tell(IReadOnlyList<ComparedRun> runs, ComparedRun run, params ReadOnlySpan<Func<ComparedRun, string>> namings)
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
