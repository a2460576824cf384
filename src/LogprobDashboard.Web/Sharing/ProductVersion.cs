namespace LogprobDashboard.Web.Sharing;

/// <summary>Which release made a document.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
