using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Tests.Datasets;

/// <summary>A reading of support tickets with a mistake in row 17.</summary>
internal static class Previews
{
    public static StagedUpload Upload { get; } = new(new string('a', 32), "tickets.csv", 2_000, "sha256:0", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

    public static PreviewRow Row17 { get; } = new(17, ["Printer", " again", " on fire", "Hardware"]);

    public static ReadingPreview Tickets { get; } = new(
        "csv",
        "utf-8",
        ",",
        "csv",
        true,
        ["Subject", "Queue", "Notes"],
        "Subject",
        "Queue",
        null,
        null,
        [.. Enumerable.Range(1, 16).Select(row => new PreviewRow(row, [$"Ticket {row}", "Billing", ""])), Row17, new PreviewRow(18, ["Ticket 18"])],
        18,
        18,
        [new("Billing", 16), new("again", 1)],
        [],
        [new("tooManyCells", "1 row has more cells than there are columns (row 17).", 17, 1, [17])],
        [Row17]);
}
