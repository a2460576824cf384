using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>Two templates as they stand in an editor, and what to fill them in for: a sample's index, or a text of one's own. Neither: the first sample.</summary>
public sealed record PromptCheckInput(string? System = null, string? User = null, int? SampleIndex = null, string? Text = null);

/// <summary>
/// What two templates come to. <paramref name="Messages"/> is what would be sent; empty where <paramref name="Problems"/> or <paramref name="RenderingProblem"/> stand in the way.
/// <paramref name="Advice"/> is what is allowed and yet hardly meant.
/// </summary>
public sealed record PromptCheck(
    IReadOnlyList<PromptProblem> Problems,
    IReadOnlyList<PromptMessage> Messages,
    string? RenderingProblem,
    string? Advice,
    IReadOnlyList<PromptField> Fields);

/// <summary>Checks prompts and fills them in, without storing anything or calling anyone.</summary>
public sealed class PromptChecks
{
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;

    internal PromptChecks(ExperimentsQueries experiments, DatasetsQueries datasets) => (_experiments, _datasets) = (experiments, datasets);

    /// <summary>With the dataset and the labels of an experiment.</summary>
    public async Task<PromptCheck> CheckAsync(string experimentId, PromptCheckInput input, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        return await CheckDatasetAsync(Ids.Format(experiment.DatasetId), [.. experiment.Labels.Select(label => label.Name)], input, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Before there is an experiment: with a dataset and the names of its labels to be.</summary>
    public async Task<PromptCheck> CheckDatasetAsync(string datasetId, IReadOnlyList<string> labelNames, PromptCheckInput input, CancellationToken cancellationToken)
    {
        var dataset = await _datasets.GetAsync(datasetId, cancellationToken).ConfigureAwait(false);
        var scope = new PromptScope(dataset.Columns, dataset.LabelColumn, labelNames);
        var fields = scope.Fields(dataset.TextColumn);
        var (pair, problems) = PromptPair.TryParse(input.System, input.User, scope, dataset);
        if (pair is null)
            return new PromptCheck(problems, [], null, null, fields);
        var advice = pair.ReadsTheSample ? null : "Neither template uses {{ text }}: every sample would be asked the same.";
        var sample = await _datasets.SampleToFillInAsync(dataset, input.SampleIndex, input.Text, cancellationToken).ConfigureAwait(false);
        if (sample is null)
            return new PromptCheck([], [], "The dataset has no sample to fill in.", advice, fields);
        try
        {
            return new PromptCheck([], pair.Render(sample), null, advice, fields);
        }
        catch (PromptRenderingException exception)
        {
            return new PromptCheck([], [], exception.Message, advice, fields);
        }
    }
}
