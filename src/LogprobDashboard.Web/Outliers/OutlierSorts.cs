using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A value of a choice, and how it reads.</summary>
public sealed record OutlierOption(string Value, string Words);

/// <summary>The orders that a list can be put in.</summary>
public static class OutlierSorts
{
    private static readonly OutlierSortKey[] OfARun = [OutlierSortKey.Entropy, OutlierSortKey.Margin, OutlierSortKey.Coverage, OutlierSortKey.Loss, OutlierSortKey.Score];

    /// <summary>The strangest first, the dataset's order, each number of each run either way.</summary>
    public static IReadOnlyList<OutlierOption> Of(OutliersScreen screen) =>
    [
        Option(OutlierSort.Default, "strangest first"),
        Option(new OutlierSort(Reversed: true), "least strange first"),
        Option(new OutlierSort(OutlierSortKey.Sample), "dataset order"),
        .. screen.Looks.SelectMany(look => OfARun.SelectMany(key => new[] { false, true }.Select(reversed => Option(new OutlierSort(key, look.Run.RunId, reversed), Words(screen, look, key, reversed))))),
    ];

    private static string Words(OutliersScreen screen, OutlierLook look, OutlierSortKey key, bool reversed)
    {
        var name = key == OutlierSortKey.Score ? $"log odds of {screen.View.PositiveLabel}" : key.ToString().ToLowerInvariant();
        var rises = key is OutlierSortKey.Margin or OutlierSortKey.Coverage;
        return $"{look.Short}: {(rises != reversed ? "lowest" : "highest")} {name}";
    }

    private static OutlierOption Option(OutlierSort sort, string words) => new(OutlierSortText.Write(sort), words);
}
