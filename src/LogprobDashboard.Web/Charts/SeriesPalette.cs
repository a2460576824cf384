namespace LogprobDashboard.Web.Charts;

/// <summary>The eight looks of a run: Okabe and Ito's colours, each with its own dash, so that colour is never the only difference.</summary>
public static class SeriesPalette
{
    private static readonly int[] Dashes = [0, 6, 2, 10, 4, 8, 3, 12];

    public static int Count => Dashes.Length;

    /// <summary>The colour of look <paramref name="slot"/> (0 to 7), in the theme's shade.</summary>
    public static string Color(int slot) => FormattableString.Invariant($"var(--run-{slot + 1})");

    /// <summary>Dash length in pixels; 0 is a solid line.</summary>
    public static int Dash(int slot) => Dashes[slot];

    /// <summary>
    /// A look for each chosen item. An item keeps the look of its place among all as long as no other chosen one has it,
    /// so that leaving one out does not repaint the others. At most <see cref="Count"/> items can be chosen.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Assign(IReadOnlyList<string> all, IReadOnlyList<string> chosen)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chosen.Count, Count);
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        var free = new HashSet<int>(Enumerable.Range(0, Count));
        foreach (var (id, place) in all.Select((id, place) => (id, place)).Where(item => chosen.Contains(item.id, StringComparer.Ordinal)))
        {
            var slot = place % Count;
            while (!free.Remove(slot))
                slot = (slot + 1) % Count;
            slots[id] = slot;
        }

        foreach (var id in chosen.Where(id => !slots.ContainsKey(id)))
        {
            slots[id] = free.Min();
            free.Remove(slots[id]);
        }

        return slots;
    }
}
