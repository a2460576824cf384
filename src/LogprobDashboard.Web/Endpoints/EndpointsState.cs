using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Endpoints;

/// <summary>Which form the endpoints page shows: that of an endpoint (<paramref name="Edit"/>), of a new one from a preset (<paramref name="New"/>), or none.</summary>
public sealed record EndpointsState(string? Edit, string? New)
{
    /// <summary>A new endpoint of which nothing is known.</summary>
    public const string Blank = "other";

    private const int LongestId = 64;

    public static EndpointsState Default { get; } = new(null, null);

    public EndpointPreset? Preset => EndpointPresets.Find(New);

    public static EndpointsState Parse(string? edit, string? @new)
    {
        if (edit is { Length: > 0 and <= LongestId } && edit.All(char.IsAsciiLetterOrDigit))
            return new EndpointsState(edit, null);
        return string.IsNullOrEmpty(@new) ? Default : new EndpointsState(null, EndpointPresets.Find(@new)?.Id ?? Blank);
    }

    public string Address() => AppRoutes.Endpoints + (Edit is not null ? "?edit=" + Edit : New is not null ? "?new=" + New : "");
}
