using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Endpoints;

/// <summary>What a test call brought, in sentences.</summary>
internal static class TestWords
{
    public static string Headline(EndpointTest test) => test.Kind is not null
        ? $"The call to {test.Host} failed."
        : test.Ok
            ? $"{test.Model} answered in {Milliseconds(test.LatencyMs)} with log probs: {Figures.Count(test.Alternatives, "alternative", "alternatives")}."
            : $"{test.Model} answered in {Milliseconds(test.LatencyMs)}, but cannot be used like this.";

    /// <summary>Null where the server names the model that was asked for, or none.</summary>
    public static string? Served(EndpointTest test) =>
        test.ServedModel is { } served && served != test.Model ? $"The server says it is {served}." : null;

    public static string Milliseconds(double milliseconds) => milliseconds < 10_000
        ? $"{Math.Max(1, Math.Round(milliseconds)).ToString("N0", CultureInfo.InvariantCulture)} ms"
        : $"{Figures.Decimals(milliseconds / 1000, 1)} s";
}
