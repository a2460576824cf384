using LogprobDashboard.Web.Distributions;

namespace LogprobDashboard.Web.Prompts;

/// <summary>A text of several lines, on demand with what cannot be seen written out; lines stay lines.</summary>
public static class MarkedText
{
    public static string Of(string text, bool invisible) =>
        invisible ? string.Join("⏎\n", text.Split('\n').Select(line => line.Length == 0 ? "" : VisibleText.Of(line))) : text;
}
