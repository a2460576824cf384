namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// What a start would cost as things are now: every prompt is rendered and looked up, nothing is guessed but the tokens. Samples = calls + from the cache +
/// duplicates + unusable prompts, for each variant and in all. <paramref name="Unchecked"/> of the calls were not looked up, because there are too
/// many for the time that a question may take: then <paramref name="Calls"/> is an upper bound.
/// </summary>
/// <param name="SamplesPerVariant">The samples that each variant is asked about.</param>
/// <param name="Duplicates">Samples whose request another of this start makes already.</param>
/// <param name="Unusable">Samples whose prompt cannot be rendered or is empty: they fail without a call.</param>
/// <param name="Forecast">Null where no earlier run at this endpoint tells.</param>
/// <param name="Tokens">Null where there is no call to make.</param>
public sealed record RunCost(
    string EndpointName,
    string Model,
    int SamplesPerVariant,
    int Calls,
    int FromCache,
    int Duplicates,
    int Unusable,
    int Unchecked,
    IReadOnlyList<VariantCost> Variants,
    RunForecast? Forecast,
    TokenForecast? Tokens = null);

/// <summary>The cost of one variant. <paramref name="Tokens"/> is null where there is no call to make.</summary>
public sealed record VariantCost(
    string VariantId,
    string Name,
    int Version,
    int Calls,
    int FromCache,
    int Duplicates,
    int Unusable,
    int Unchecked,
    TokenForecast? Tokens);

/// <summary>
/// How long the calls take if they take as long as those of an earlier run at this endpoint, and the endpoint's limits are used to the full.
/// </summary>
public sealed record RunForecast(double Seconds, double CallMilliseconds, string BasedOnRun, int BasedOnCalls);

/// <summary>Where the tokens of a prompt are known from, the surest first. Each is an estimate: what the server bills is told with its answers.</summary>
public enum TokenBasis
{
    /// <summary>Counted with the encoding of the model itself.</summary>
    Counted,

    /// <summary>What the same version of a prompt took per call when it ran before with this model.</summary>
    Measured,

    /// <summary>Counted with the encoding of another model, since this one's is not at hand.</summary>
    Estimated,
}

/// <summary>What the calls take in tokens, and in money where the endpoint has prices. Always an estimate.</summary>
/// <param name="CompletionTokens">At most: as many as each answer may have.</param>
/// <param name="BasedOn">The encoding that counted, or the run that was measured.</param>
/// <param name="Counted">On how many calls the mean rests that stands for all of them.</param>
/// <param name="Cost">In the unit of the endpoint's prices; null where it has none.</param>
public sealed record TokenForecast(long PromptTokens, long CompletionTokens, TokenBasis Basis, string BasedOn, int Counted, double? Cost);
