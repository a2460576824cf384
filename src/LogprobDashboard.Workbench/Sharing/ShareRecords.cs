using System.ComponentModel;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>What a link is to be.</summary>
public sealed record ShareInput(
    [property: Description("The view, as the browser shows its address: /experiments/1/compare?runs=2,3 or ?runs=2,3. Left out: the compare page as it opens.")] string? View = null,
    [property: Description("1 to 365; 30 if null or left out. No link lasts for ever.")] int? ExpiresInDays = null,
    [property: Description("Whether the link keeps the numbers as they are now; else it shows those of the day on which it is opened.")] bool Frozen = false,
    [property: Description("Whether texts of samples are shown, where the view lists samples.")] bool IncludeTexts = false,
    [property: Description("For the list of links; whoever opens the link does not see it.")] string? Name = null)
{
    public const int UsualDays = 30;
    public const int MostDays = 365;
    public const int LongestName = 200;

    internal int Days => ExpiresInDays ?? UsualDays;
}

public enum ShareKind
{
    /// <summary>Shows the numbers of the day on which it is opened.</summary>
    Live,

    /// <summary>Shows the numbers as they were when it was made.</summary>
    Frozen,
}

/// <summary>A link, without its token. <paramref name="View"/> is the query of the compare page.</summary>
public sealed record ShareRecord(
    string Id,
    string ExperimentId,
    string? Name,
    ShareKind Kind,
    string View,
    bool IncludesTexts,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    bool IsExpired,
    int TimesOpened,
    DateTimeOffset? LastOpenedAt);

/// <summary>A link that was made just now, with its token: nobody can tell it later.</summary>
public sealed record CreatedShare(ShareRecord Share, string Token);

/// <summary>What a link leads to. <paramref name="Document"/> is that of a frozen one, else null.</summary>
public sealed record OpenedShare(string Id, string ExperimentId, string View, bool IncludesTexts, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, byte[]? Document);
