using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

/// <summary>What drafts stand on.</summary>
internal static class Grounds
{
    public static DatasetRecord Dataset(params (string Label, int Count)[] labels) => new(
        "1", "Tickets", "sha256:0", Math.Max(1, labels.Sum(label => label.Count)), ["text", "label"], "text", labels.Length > 0 ? "label" : null, null, null,
        [.. labels.Select(label => new LabelCount(label.Label, label.Count))], [], "tickets.csv", 10, "csv", "utf-8", ",", "auto", true, [], DateTimeOffset.UnixEpoch);

    public static EndpointRecord Endpoint(string id, int answerTokens = 1) => new(
        id, $"endpoint {id}", "http://localhost/v1", "m", false, null, 20, 16, null, null, 60, answerTokens, OutputLimitField.MaxTokens, null, 1, null, DateTimeOffset.UnixEpoch);

    public static DraftGround With(DatasetRecord? dataset) => new(dataset, [Endpoint("7")], "7");
}
