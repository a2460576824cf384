using System.ComponentModel;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Hosting;

/// <summary>The query of every list.</summary>
internal sealed record Paging(
    [property: FromQuery(Name = "cursor"), Description("The nextCursor of the page before; left out for the first page.")] string? Cursor,
    [property: FromQuery(Name = "take"), Description("How many at most, 1 to 1,000; 50 if left out.")] int? Take)
{
    public const int Default = 50;
    public const int Most = 1000;

    public int Count => Take switch
    {
        null => Default,
        >= 1 and <= Most => Take.Value,
        _ => throw UserErrorException.Field("take", $"\"take\" is {Take}.", $"Use a number from 1 to {Most}.", UserErrorKind.Malformed),
    };
}
