using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>The question that a test asks, and what its answer tells.</summary>
internal static class EndpointTestReading
{
    private static readonly LabelReader Reader = new(new LabelSet([new LabelDefinition("Yes", []), new LabelDefinition("No", [])]));

    public static IReadOnlyList<PromptMessage> Question { get; } =
    [
        new("user", "Is the following message spam? Answer with exactly one word: Yes or No.\n\nMessage:\nYou have won a free prize! Call now to claim it.\n\nAnswer:"),
    ];

    public static EndpointTest Read(CallSettings settings, CallOutcome outcome)
    {
        if (outcome.Answer is not { } answer)
            return Failed(settings, outcome);
        var distribution = Reader.Read(answer.Positions, answer.Text);
        var at = answer.Positions.Count == 0 ? null : answer.Positions[Math.Min(distribution.AnswerPosition, answer.Positions.Count - 1)];
        var problem = Problem(settings, answer, distribution);
        var alternatives = at?.TopLogprobs.Count ?? 0;
        return new EndpointTest(
            problem is null,
            settings.Model,
            settings.Host,
            answer.ServedModel,
            answer.Positions.Count > 0,
            settings.TopLogprobs,
            alternatives,
            TopTokens.Of(answer.Positions, distribution.AnswerPosition, Reader),
            answer.Text,
            answer.PromptTokens,
            outcome.LatencyMilliseconds,
            null,
            problem,
            problem is null ? [.. Advice(settings, answer, distribution, alternatives)] : []);
    }

    private static EndpointTest Failed(CallSettings settings, CallOutcome outcome) => new(
        false, settings.Model, settings.Host, null, false, settings.TopLogprobs, 0, [], null, null, outcome.LatencyMilliseconds, outcome.Failure!.Kind, outcome.Failure.Message, []);

    private static string? Problem(CallSettings settings, ReceivedAnswer answer, LabelDistribution distribution)
    {
        if (distribution.Reason == UnscorableReason.NoLogProbabilities)
            return "An answer came, but without log probs: this server or this model does not give them, so nothing can be scored with it. Use another model or server; some need a field of their own under extra fields.";
        if (distribution.Reason == UnscorableReason.NoUsableLogProbability)
            return "An answer came, but none of its log probs can be used (such as -9999 for every alternative)." + (settings.EffectiveTemperature == 0 ? " Set the temperature to 1." : " Use another model or server.");
        return answer.Positions.All(position => position.TopLogprobs.Count == 0)
            ? "Only the chosen token has a log prob: the alternatives are missing, and a label that is not chosen could not be scored. Use another model or server; some need a field of their own under extra fields."
            : null;
    }

    private static IEnumerable<string> Advice(CallSettings settings, ReceivedAnswer answer, LabelDistribution distribution, int alternatives)
    {
        if (alternatives < settings.TopLogprobs)
            yield return FormattableString.Invariant($"{settings.TopLogprobs} alternatives were asked for and {alternatives} came: a label among the rest is censored.");
        if (answer.Positions.Count > settings.AnswerTokens)
            yield return FormattableString.Invariant($"The server wrote {answer.Positions.Count} tokens where {settings.AnswerTokens} was the limit: it may know the limit by the other field.");
        if (distribution.Reason == UnscorableReason.NoLabelMatched)
            yield return "The answer began with neither Yes nor No: if the model thinks first, turn that off; if white space comes first, allow more answer tokens.";
        if (distribution.DroppedLogProbabilities > 0)
            yield return FormattableString.Invariant($"{distribution.DroppedLogProbabilities} log probs are no usable numbers and were left out.");
        if (settings is { AnswerTokens: 1, EffectiveTemperature: 0 })
            yield return "With one answer token a temperature of 0 gains nothing, and some servers scale log probs by it: leave it empty, which means 1.";
    }
}
