using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>What was drawn of a run is kept with its columns, so that moving a threshold draws nothing anew.</summary>
internal static class CurveMemory
{
    /// <summary>More curves of one run than anybody looks at in turn; every zoom is one.</summary>
    private const int Most = 64;

    private static readonly ConditionalWeakTable<JudgedRun, ConcurrentDictionary<object, object>> Known = [];

    /// <param name="run">The run.</param>
    /// <param name="key">All that <paramref name="make"/> depends on besides the run; equal by value.</param>
    /// <param name="make">Several who ask at once may at worst make the same twice.</param>
    public static T Of<T>(JudgedRun run, object key, Func<T> make)
        where T : class
    {
        var known = Known.GetValue(run, static _ => new());
        if (known.TryGetValue(key, out var kept))
            return (T)kept;
        var made = make();
        if (known.Count >= Most)
            known.Clear();
        known[key] = made;
        return made;
    }
}
