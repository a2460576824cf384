using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

internal delegate Task<CallOutcome> CallMaker(CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken);

/// <summary>
/// The calls of one probe, one after the other so that each tells its own latency: twice the same, once at another temperature, and where
/// something did not work once more with the setting that may mend it.
/// </summary>
internal sealed class ProbeCalls(CallMaker call, CallTarget target)
{
    /// <summary>What the smallest servers give.</summary>
    private const int FewAlternatives = 5;

    /// <summary>A body that cannot be read, or a connection that broke, is asked for again this often.</summary>
    private const int Tries = 3;

    /// <summary>It asks for more than the answer, so that a limit on the tokens which is not honoured shows.</summary>
    public static IReadOnlyList<PromptMessage> Question { get; } =
    [
        new("user", "Is the following message spam? Begin with exactly one word, Yes or No, then explain why in two sentences.\n\nMessage:\nYou have won a free prize! Call now to claim it.\n\nAnswer:"),
    ];

    private readonly List<double> _latencies = [];
    private int _made;

    public async Task<EndpointProbe> MakeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = target.Settings;
        var first = await FirstAsync(cancellationToken).ConfigureAwait(false);
        var seen = new ProbeObservations(settings, first);
        if (first.Answer is null)
            seen = seen with { FewerAlternatives = await WithFewerAsync(first.Failure!, cancellationToken).ConfigureAwait(false) };
        else if (first.Answer.Positions.Count > 0)
            seen = await FurtherAsync(seen, cancellationToken).ConfigureAwait(false);
        _latencies.Sort();
        return new ProbeReading(seen).Read() with
        {
            ProbedAt = time.GetUtcNow(),
            Calls = _made,
            LatencyMs = _latencies.Count == 0 ? null : (_latencies[(_latencies.Count - 1) / 2] + _latencies[_latencies.Count / 2]) / 2,
        };
    }

    private async Task<CallOutcome> FirstAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var outcome = await AskAsync(target.Settings, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure?.Kind is not (FailureKind.Malformed or FailureKind.ServerError or FailureKind.Unreachable) || tries == Tries)
                return outcome;
        }
    }

    private async Task<ProbeObservations> FurtherAsync(ProbeObservations seen, CancellationToken cancellationToken)
    {
        var settings = seen.Settings;
        seen = seen with { Again = await AskAsync(settings, cancellationToken).ConfigureAwait(false) };
        if (settings.ExtraBody?.ContainsKey("temperature") != true)
            seen = seen with { OtherTemperature = await AskAsync(settings with { Temperature = settings.EffectiveTemperature == 0 ? 1 : 0 }, cancellationToken).ConfigureAwait(false) };
        if (seen.TokenLimitHonoured == false)
            seen = seen with { OtherLimitField = await AskAsync(settings with { OutputLimitField = seen.TheOtherLimitField }, cancellationToken).ConfigureAwait(false) };
        return seen;
    }

    /// <summary>Whether it was the number of alternatives that the server did not like.</summary>
    private async Task<CallOutcome?> WithFewerAsync(CallFailure failure, CancellationToken cancellationToken)
    {
        var settings = target.Settings;
        if (failure.Kind is not (FailureKind.LogprobsUnsupported or FailureKind.Refused) || settings.TopLogprobs <= FewAlternatives)
            return null;
        return await AskAsync(settings with { TopLogprobs = FewAlternatives, ExtraBody = WithoutNumber(settings) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Servers that take the number of alternatives in <c>logprobs</c> get the smaller one there.</summary>
    private static System.Text.Json.Nodes.JsonObject? WithoutNumber(CallSettings settings)
    {
        if (settings.ExtraBody?["logprobs"]?.GetValueKind() != JsonValueKind.Number)
            return settings.ExtraBody;
        var extra = settings.ExtraBody.DeepClone().AsObject();
        extra["logprobs"] = FewAlternatives;
        return extra;
    }

    private async Task<CallOutcome> AskAsync(CallSettings settings, CancellationToken cancellationToken)
    {
        var outcome = await call(target with { Settings = settings }, Question, cancellationToken).ConfigureAwait(false);
        _made++;
        if (outcome.Answer is not null)
            _latencies.Add(outcome.LatencyMilliseconds);
        return outcome;
    }
}
