using System.Globalization;
using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What a probe found, in sentences that name the setting to change and its value.</summary>
internal static class ProbeWords
{
    private const string ThinkingOff =
        "Turn its thinking off, by the extra fields that this server takes (such as {\"thinking\":{\"type\":\"disabled\"}}, {\"chat_template_kwargs\":{\"enable_thinking\":false}}, {\"reasoning_effort\":\"none\"} or {\"think\":false}), or use a model that does not think.";

    /// <summary>Why the endpoint cannot serve; null where it can.</summary>
    public static string? Problem(ProbeObservations seen, ReceivedAnswer answer, LabelDistribution distribution, FirstPosition? first)
    {
        if (first == FirstPosition.Reasoning && (answer.Positions.Count == 0 || distribution.Reason is not null))
            return $"The model thinks before it answers, so the first tokens are thoughts and no label. {ThinkingOff}";
        if (distribution.Reason == UnscorableReason.NoLogProbabilities)
            return "An answer came, but without log probs: this server or this model leaves them out silently, so nothing can be scored with it. Use another model or server; some need a field of their own in the extra fields.";
        if (distribution.Reason == UnscorableReason.NoUsableLogProbability)
            return "An answer came, but none of its log probs can be used (such as -9999 for every alternative)." + (Zero(seen.Settings) ? " Set the temperature to 1." : " Use another model or server.");
        if (answer.Positions.All(position => position.TopLogprobs.Count == 0))
            return "Only the chosen token has a log prob: the alternatives are missing, and a label that is not chosen could not be scored. Use another model or server; some want the number of alternatives in a field of their own in the extra fields.";
        return Zero(seen.Settings) && OneLeft(answer)
            ? "At temperature 0 this server gives the chosen token all the probability and the others none, so there is nothing to measure. " + TowardsTemperatureOne(seen.Settings)
            : null;
    }

    public static string TooMany(int asked, int came, CallFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"The server refuses {asked} alternatives; when 5 were asked for, {came} came. Set the top log probs (topLogprobs) to 5, or to the most that it allows.{failure.Message[Math.Max(0, failure.Message.IndexOf(WireError.Said, StringComparison.Ordinal))..]}");

    public static IEnumerable<string> Advice(ProbeObservations seen, ReceivedAnswer answer, LabelDistribution distribution, FirstPosition? first, int alternatives) =>
    [
        .. OfAlternatives(seen.Settings, alternatives, distribution),
        .. OfTheFirstPosition(seen, answer, first),
        .. OfTheLimit(seen, answer),
        .. OfTheTemperature(seen),
        .. OfSpread(seen),
    ];

    private static IEnumerable<string> OfAlternatives(CallSettings settings, int alternatives, LabelDistribution distribution)
    {
        if (alternatives < settings.TopLogprobs)
            yield return FormattableString.Invariant($"{settings.TopLogprobs} alternatives were asked for and {alternatives} came: a label that is not among them is censored.")
                + (alternatives < 5 ? " With that few, keep to labels that are few and likely." : "");
        if (distribution.DroppedLogProbabilities > 0)
            yield return FormattableString.Invariant($"{distribution.DroppedLogProbabilities} log probs are no usable numbers (such as -9999) and were left out.");
    }

    private static IEnumerable<string> OfTheFirstPosition(ProbeObservations seen, ReceivedAnswer answer, FirstPosition? first)
    {
        var more = seen.Settings.AnswerTokens > 1 ? ""
            : seen.TemperatureScales == true ? " More answer tokens would need temperature 0, at which this server has nothing to measure: end the prompt so that the label itself comes first, or use another server."
            : " Set the answer tokens (answerTokens) to 3, so that the answer behind it is read.";
        if (first == FirstPosition.Reasoning || answer.Reasoned)
            yield return $"The model thinks before it answers, which costs tokens and may use up the limit on them. {ThinkingOff}";
        else if (first == FirstPosition.WhiteSpace)
            yield return $"The answer begins with white space or punctuation.{more}";
        else if (first == FirstPosition.SpecialToken)
            yield return $"The answer begins with a mark of the chat format. Check the server's chat template.{more}";
        else if (first == FirstPosition.Other)
            yield return "Asked for Yes or No, it began with neither: say in the prompt that the answer is exactly one of the labels, and look at a try before a run.";
    }

    private static IEnumerable<string> OfTheLimit(ProbeObservations seen, ReceivedAnswer answer)
    {
        if (seen.TokenLimitHonoured != false)
            yield break;
        var came = Math.Max(answer.Positions.Count, answer.CompletionTokens ?? 0);
        yield return FormattableString.Invariant($"The server wrote {came} tokens where {seen.Settings.AnswerTokens} was the limit, and every call costs that much. ") + (seen.OtherLimitFieldHonoured == true
            ? $"It honours the other field: set the field of the answer's limit (outputLimitField) to {Camel(seen.TheOtherLimitField)}."
            : "Neither max_tokens nor max_completion_tokens stops it: put the field that it knows into the extra fields.");
    }

    private static IEnumerable<string> OfTheTemperature(ProbeObservations seen)
    {
        var settings = seen.Settings;
        if (seen.TemperatureScales == true && settings.EffectiveTemperature != 1)
            yield return "The temperature scales this server's log probs. " + TowardsTemperatureOne(settings);
        else if (seen.TemperatureScales == true)
            yield return "The temperature scales this server's log probs: leave it at 1" + (settings.Temperature is null ? "." : ", or empty with one answer token.");
        else if (settings is { AnswerTokens: 1, EffectiveTemperature: 0 })
            yield return "With one answer token a temperature of 0 gains nothing: leave it empty, which means 1.";
        if (seen.OtherTemperature is { Answer: null, Failure: { } failure } && FailurePolicies.Of(failure.Kind) != FailurePolicy.Retry)
            yield return FormattableString.Invariant($"The server refuses another temperature than {settings.EffectiveTemperature}, so it could not be told whether the temperature scales the log probs.");
    }

    private static IEnumerable<string> OfSpread(ProbeObservations seen)
    {
        if (seen is { Deterministic: false, Spread: { } spread })
            yield return FormattableString.Invariant($"The same call twice gave log probs up to {spread:0.####} apart: differences between runs that are not larger mean nothing.");
    }

    private static string TowardsTemperatureOne(CallSettings settings) => settings.AnswerTokens == 1
        ? "Set the temperature to 1, or leave it empty."
        : "Set the answer tokens (answerTokens) to 1 and leave the temperature empty; give labels that share a first token letters as label words (A, B, C), and ask for the letter in the prompt.";

    private static bool Zero(CallSettings settings) => settings.EffectiveTemperature == 0;

    private static bool OneLeft(ReceivedAnswer answer) =>
        answer.Positions[0].TopLogprobs is { Count: > 1 } listed && listed.Count(token => UsableLogProbability.TryRead(token.LogProbability, out _)) <= 1;

    private static string Camel(OutputLimitField field) => field == OutputLimitField.MaxTokens ? "maxTokens" : "maxCompletionTokens";
}
