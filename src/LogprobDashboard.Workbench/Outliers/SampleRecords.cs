using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>One sample with everything that is known of it. <paramref name="Elsewhere"/> names the runs that it is no part of.</summary>
public sealed record SampleView(
    string ExperimentId,
    SampleRecord Sample,
    int DatasetSize,
    IReadOnlyList<string> Labels,
    string PositiveLabel,
    IReadOnlyList<SampleRun> Runs,
    IReadOnlyList<string> Elsewhere,
    IReadOnlyList<OutlierReason> Reasons);

/// <summary>
/// What one run made of a sample. <paramref name="Censored"/> names the labels that stood outside of the top log probs; <paramref name="Messages"/> are what the model was sent, null where the run
/// was recorded elsewhere; <paramref name="Right"/> and <paramref name="Loss"/> (-ln p(true label)) are null where there is no true label of the set.
/// </summary>
public sealed record SampleRun(
    string RunId,
    string Name,
    string VariantName,
    int? VariantVersion,
    string Model,
    ResultRecord Result,
    IReadOnlyList<string> Censored,
    double? Loss,
    bool? Right,
    IReadOnlyList<PromptMessage>? Messages);
