using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Tests.Start;

/// <summary>Drafts and what they stand on.</summary>
internal static class StartSteps
{
    public static DatasetRecord Dataset(string id, string name, params (string Label, int Count)[] labels) => new(
        id, name, "sha256:0", Math.Max(1, labels.Sum(label => label.Count)), ["text", "label"], "text", labels.Length > 0 ? "label" : null, null, null,
        [.. labels.Select(label => new LabelCount(label.Label, label.Count))], [], "rows.csv", 10, "csv", "utf-8", ",", "auto", true, [], DateTimeOffset.UnixEpoch);

    public static EndpointRecord Endpoint(int answerTokens = 1) => new(
        "7", "Demo", "/demo/v1", "demo-ngram", false, null, 20, 16, null, null, 60, answerTokens, OutputLimitField.MaxTokens, null, 1, null, DateTimeOffset.UnixEpoch);

    public static DraftGround Ground(DatasetRecord? dataset, int answerTokens = 1) => new(dataset, [Endpoint(answerTokens)], "7");

    public static DraftPlan Plan(DatasetRecord dataset, Func<DraftContent, DraftContent>? change = null, int answerTokens = 1)
    {
        var content = Drafting.Choose(new DraftContent(), dataset);
        return DraftPlan.Of(change?.Invoke(content) ?? content, Ground(dataset, answerTokens));
    }
}
