using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A text of one's own, or a sample of the dataset; exactly one of the two.</summary>
public sealed record TryInput(string? Text = null, int? SampleIndex = null, string? EndpointId = null);

/// <summary>Templates as they stand in an editor, saved or not, and what to fill them in for: a text of one's own, or a sample of the dataset; exactly one of the two.</summary>
public sealed record TryDraftInput(string? System = null, string? User = null, string? Text = null, int? SampleIndex = null, string? EndpointId = null);

public sealed record LabelProbability(string Label, double Probability, bool Censored);

/// <summary>What one call made of a text. Where no label was matched <see cref="Distribution"/> is empty and <see cref="Problem"/> says why.</summary>
public sealed record TryRecord(
    IReadOnlyList<PromptMessage> Messages,
    IReadOnlyList<TopToken> TopLogprobs,
    IReadOnlyList<LabelProbability> Distribution,
    string? Predicted,
    double? Score,
    double? Entropy,
    double? Margin,
    double? TokenEntropy,
    double? TokenMargin,
    double? Coverage,
    double OffLabelMass,
    double UnseenMass,
    int DroppedLogprobs,
    string AnswerText,
    bool AnswerMismatch,
    string? TrueLabel,
    double LatencyMs,
    string? Problem);

/// <summary>One call with a variant's newest version, or with words that are not saved. Nothing is stored.</summary>
public sealed class TryService
{
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly EndpointsQueries _endpoints;
    private readonly VariantsQueries _variants;
    private readonly ChatCaller _caller;
    private readonly EndpointGates _gates;

    internal TryService(ExperimentsQueries experiments, DatasetsQueries datasets, EndpointsQueries endpoints, VariantsQueries variants, ChatCaller caller, EndpointGates gates) =>
        (_experiments, _datasets, _endpoints, _variants, _caller, _gates) = (experiments, datasets, endpoints, variants, caller, gates);

    public async Task<TryRecord> TryAsync(string experimentId, string variantId, TryInput input, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var (_, version) = await _variants.FindAsync(experiment.Id, variantId, cancellationToken).ConfigureAwait(false);
        return await TryAsync(experiment, version.System, version.User, input, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with words that need not be saved.</summary>
    public async Task<TryRecord> TryDraftAsync(string experimentId, TryDraftInput input, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        return await TryAsync(experiment, input.System, input.User, new TryInput(input.Text, input.SampleIndex, input.EndpointId), cancellationToken).ConfigureAwait(false);
    }

    private async Task<TryRecord> TryAsync(Experiment experiment, string? system, string? user, TryInput input, CancellationToken cancellationToken)
    {
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var prompts = PromptPair.Parse(system, user, VariantsService.ScopeOf(experiment, dataset), dataset);
        if (input.Text is null == input.SampleIndex is null)
            throw UserErrorException.Field("text", "Give either a text or a sample's index.", "Send one of text and sampleIndex.");
        var sample = await _datasets.SampleToFillInAsync(dataset, input.SampleIndex, input.Text, cancellationToken).ConfigureAwait(false);
        var messages = Render(prompts, sample!);
        var endpointId = input.EndpointId ?? Ids.Format(experiment.EndpointId)
            ?? throw UserErrorException.Field("endpointId", "The experiment has no endpoint.", "Give one with the call, or set one at the experiment.");
        var endpoint = await _endpoints.FindAsync(endpointId, cancellationToken).ConfigureAwait(false);
        var outcome = await CallAsync(endpoint, messages, cancellationToken).ConfigureAwait(false);
        return Describe(experiment, messages, outcome, sample!.Label);
    }

    private async Task<CallOutcome> CallAsync(EndpointEntity endpoint, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken)
    {
        var gate = _gates.For(endpoint.Id, EndpointLimits.Of(endpoint));
        var outcome = await _caller.CallAsync(gate, _endpoints.Target(endpoint), messages, cancellationToken).ConfigureAwait(false);
        return outcome.Failure is { } failure
            ? throw new UserErrorException(UserErrorKind.Upstream, $"The endpoint \"{endpoint.Name}\" gave no answer.", failure.Message)
            : outcome;
    }

    private static IReadOnlyList<PromptMessage> Render(PromptPair prompts, SampleRecord sample)
    {
        try
        {
            return prompts.Render(sample);
        }
        catch (PromptRenderingException exception)
        {
            throw UserErrorException.Field("user", exception.Message, "Change the template, or try another sample.");
        }
    }

    private static TryRecord Describe(Experiment experiment, IReadOnlyList<PromptMessage> messages, CallOutcome outcome, string? trueLabel)
    {
        var reader = LabelReaders.For(experiment.Labels);
        var answer = outcome.Answer!;
        var distribution = reader.Read(answer.Positions, answer.Text);
        var positive = reader.Labels.IndexOf(experiment.PositiveLabel);
        return new TryRecord(
            messages,
            TopTokens.Of(answer.Positions, distribution.AnswerPosition, reader),
            distribution.IsScorable
                ? [.. reader.Labels.Labels.Select((label, index) => new LabelProbability(label.Name, distribution.Probability(index), distribution.Censored[index]))]
                : [],
            distribution.Predicted is { } predicted ? reader.Labels.Labels[predicted].Name : null,
            distribution.IsScorable ? distribution.Score(positive) : null,
            distribution.Entropy,
            distribution.LogMargin,
            distribution.TokenEntropy,
            distribution.TokenMargin,
            distribution.IsScorable ? distribution.Coverage : null,
            distribution.OffLabelMass,
            distribution.UnseenMass,
            distribution.DroppedLogProbabilities,
            answer.Text,
            distribution.AnswerMismatch,
            trueLabel,
            outcome.LatencyMilliseconds,
            distribution.Reason is { } reason ? ResultsQueries.Explain(reason) : null);
    }
}
