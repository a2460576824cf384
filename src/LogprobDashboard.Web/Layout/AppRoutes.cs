namespace LogprobDashboard.Web.Layout;

/// <summary>The one place that builds the addresses of pages.</summary>
public static class AppRoutes
{
    public const string Experiments = "/";
    public const string NotFound = "/not-found";
    public const string Start = "/experiments/new";
    public const string StartDraft = "/experiments/new/{DraftId}";
    public const string Datasets = "/datasets";
    public const string Import = "/datasets/import";
    public const string Dataset = "/datasets/{Id}";
    public const string Endpoints = "/endpoints";
    public const string Prompts = "/experiments/{Id}/prompts";
    public const string Runs = "/experiments/{Id}/runs";
    public const string Compare = "/experiments/{Id}/compare";
    public const string Outliers = "/experiments/{Id}/outliers";
    public const string Sample = "/experiments/{Id}/samples/{Index:int}";

    public static string StartOf(string draftId) => $"{Start}/{Uri.EscapeDataString(draftId)}";

    /// <summary>Where a file is brought in; with a draft the way leads back to its start once the dataset is there, as <c>StartOf(draft)?dataset=id</c>.</summary>
    public static string ImportFor(string? draftId) => draftId is null ? Import : $"{Import}?for={Uri.EscapeDataString(draftId)}";

    public static string DatasetOf(string datasetId) => $"{Datasets}/{Uri.EscapeDataString(datasetId)}";

    public static string PromptsOf(string experimentId) => PageOf(experimentId, "prompts");

    public static string RunsOf(string experimentId) => PageOf(experimentId, "runs");

    public static string CompareOf(string experimentId) => PageOf(experimentId, "compare");

    public static string OutliersOf(string experimentId) => PageOf(experimentId, "outliers");

    public static string SampleOf(string experimentId, int index) => FormattableString.Invariant($"/experiments/{Uri.EscapeDataString(experimentId)}/samples/{index}");

    private static string PageOf(string experimentId, string page) => $"/experiments/{Uri.EscapeDataString(experimentId)}/{page}";
}
