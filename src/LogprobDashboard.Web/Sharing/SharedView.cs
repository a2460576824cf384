using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Sharing;

/// <summary>From the address of a view, as a browser shows it, to what it shows.</summary>
internal static class SharedView
{
    private const int LongestView = 8_000;

    /// <param name="experimentId">Whose view it has to be.</param>
    /// <param name="view">A whole address, one without host, or its query alone. Nothing: the compare page as it opens.</param>
    /// <exception cref="UserErrorException">It is the address of something else.</exception>
    public static CompareState Parse(string experimentId, string? view)
    {
        var given = view?.Trim() ?? "";
        if (given.Length > LongestView)
            throw UserErrorException.Field("view", "The view's address is too long.", $"Give {LongestView} characters at most.");
        var hash = given.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
            given = given[..hash];
        var mark = given.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark >= 0 ? (given[..mark], given[mark..]) : given.Contains('=', StringComparison.Ordinal) && !given.Contains('/', StringComparison.Ordinal) ? ("", "?" + given) : (given, "");
        if (Uri.TryCreate(path, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
            path = whole.AbsolutePath;
        if (path.Length > 0 && path.TrimEnd('/') != AppRoutes.CompareOf(experimentId))
            throw UserErrorException.Field("view", $"\"{view}\" is no view of experiment {experimentId} that can be shared.", $"Give an address of its compare page, as {AppRoutes.CompareOf(experimentId)}?runs=1,2, or the query of it.");
        return StateOf(query);
    }

    public static CompareState StateOf(string query)
    {
        var parts = QueryHelpers.ParseQuery(query);
        return CompareState.Parse(name => parts.TryGetValue(name, out var value) ? (string?)value : null);
    }
}
