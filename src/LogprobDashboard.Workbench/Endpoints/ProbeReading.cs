using System.Text.RegularExpressions;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What the calls of a probe tell: whether the endpoint serves, and which settings to use.</summary>
internal sealed partial class ProbeReading(ProbeObservations seen)
{
    private static readonly LabelReader Reader = new(new LabelSet([new LabelDefinition("Yes", []), new LabelDefinition("No", [])]));

    private CallSettings Settings => seen.Settings;

    /// <summary>Date, calls and latency are its caller's.</summary>
    public EndpointProbe Read()
    {
        if (seen.First.Answer is not { } answer)
            return Failed(seen.First.Failure!);
        var distribution = Reader.Read(answer.Positions, answer.Text);
        var first = FirstOf(answer);
        var position = First(answer, first.Token);
        var problem = ProbeWords.Problem(seen, answer, distribution, position);
        return new EndpointProbe(
            problem is null,
            answer.Positions.Count > 0,
            answer.Positions is [var at, ..] ? at.TopLogprobs.Count : 0,
            answer.ServedModel,
            null,
            seen.TemperatureScales,
            seen.Deterministic,
            problem,
            problem is null ? [.. ProbeWords.Advice(seen, answer, distribution, position, first.Count)] : [],
            default)
        {
            AskedTopLogprobs = Settings.TopLogprobs,
            FirstToken = first.Token,
            FirstPosition = position,
            Spread = seen.Spread,
            TokenLimitHonoured = seen.TokenLimitHonoured,
            FirstTokens = TopTokens.Of(answer.Positions, distribution.AnswerPosition, Reader),
        };
    }

    private EndpointProbe Failed(CallFailure failure)
    {
        var few = seen.FewerAlternatives?.Answer?.Positions is [var at, ..] ? at.TopLogprobs.Count : 0;
        var problem = few > 0 ? ProbeWords.TooMany(Settings.TopLogprobs, few, failure) : failure.Message;
        return new EndpointProbe(false, failure.Kind == FailureKind.LogprobsUnsupported ? few > 0 : null, few > 0 ? few : null, null, null, null, null, problem, [], default)
        {
            Kind = failure.Kind,
            Passing = failure.Kind is FailureKind.RateLimited or FailureKind.TimedOut or FailureKind.Unreachable or FailureKind.ServerError,
            AskedTopLogprobs = Settings.TopLogprobs,
        };
    }

    /// <summary>The likeliest token of the first position: at a temperature above 0 the chosen one is drawn.</summary>
    private static (string? Token, int Count) FirstOf(ReceivedAnswer answer)
    {
        if (answer.Positions is not [var position, ..])
            return (null, 0);
        var likeliest = position.TopLogprobs.Append(position.Chosen).MaxBy(token => UsableLogProbability.TryRead(token.LogProbability, out var usable) ? usable : double.NegativeInfinity)!;
        return (likeliest.Token, position.TopLogprobs.Count);
    }

    private static FirstPosition? First(ReceivedAnswer answer, string? token)
    {
        if (token is null)
            return answer.Reasoned ? FirstPosition.Reasoning : null;
        if (ThinkingMark().IsMatch(token) || ThinkingMark().IsMatch(answer.Text))
            return FirstPosition.Reasoning;
        if (SpecialToken().IsMatch(token))
            return FirstPosition.SpecialToken;
        if (TokenText.Normalize(token).Length == 0)
            return FirstPosition.WhiteSpace;
        return Reader.MatchToken(new TokenLogprob(token, null), furtherPosition: false) is not null ? FirstPosition.Answer : FirstPosition.Other;
    }

    /// <summary>How models open their thoughts.</summary>
    [GeneratedRegex(@"^\s*(?:<think|</?\|?(?:channel|analysis)|\[THINK|<reasoning|<thought|<seed:think|◁think)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ThinkingMark();

    /// <summary>Marks that chat templates and tokenizers use, with plain or full-width bars.</summary>
    [GeneratedRegex(@"^\s*(?:<[|｜].*[|｜]>|</?s>|<(?:bos|eos|pad|unk|start_of_turn|end_of_turn)>|\[/?(?:INST|BOS|EOS|UNK|PAD|CONTROL_\d+)\])\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex SpecialToken();
}
