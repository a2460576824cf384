using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Sharing;

namespace LogprobDashboard.Web.Sharing;

/// <summary>A link in words.</summary>
internal static class ShareWords
{
    public static string Name(ShareRecord share) => share.Name is { } name ? $"\u201C{name}\u201D" : $"The link of {Moment.Of(share.CreatedAt)}";

    public static string Kind(ShareRecord share) => (share.Kind == ShareKind.Frozen ? "snapshot" : "live") + (share.IncludesTexts ? ", with texts" : "");

    public static string Expiry(ShareRecord share) => share.IsExpired ? $"expired {Moment.Of(share.ExpiresAt)}" : Moment.Of(share.ExpiresAt);

    public static string Opened(ShareRecord share) => share.LastOpenedAt is { } last
        ? $"{Figures.Count(share.TimesOpened, "time", "times")}, last {Moment.Of(last)}"
        : "never";
}
