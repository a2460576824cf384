namespace LogprobDashboard.Web.Datasets;

/// <summary>What roles are called on a page.</summary>
internal static class ColumnWords
{
    public static string Of(ColumnRole role) => role switch
    {
        ColumnRole.Text => "Text",
        ColumnRole.Label => "Label",
        ColumnRole.Source => "Source",
        ColumnRole.Id => "Id",
        _ => "Metadata",
    };
}
