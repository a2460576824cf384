namespace LogprobDashboard.Web.Layout;

/// <summary>The one place that builds the addresses of pages.</summary>
public static class AppRoutes
{
    public const string Experiments = "/";
    public const string NotFound = "/not-found";
    public const string Compare = "/experiments/{Id}/compare";

    public static string CompareOf(string experimentId) => $"/experiments/{Uri.EscapeDataString(experimentId)}/compare";
}
