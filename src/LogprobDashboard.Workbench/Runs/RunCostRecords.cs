namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// What a start would cost as things are now: every prompt is rendered and looked up, nothing is guessed. Samples = calls + from the cache +
/// duplicates + unusable prompts, for each variant and in all. <paramref name="Unchecked"/> of the calls were not looked up, because there are too
/// many for the time that a question may take: then <paramref name="Calls"/> is an upper bound.
/// </summary>
/// <param name="SamplesPerVariant">The samples that each variant is asked about.</param>
/// <param name="Duplicates">Samples whose request another of this start makes already.</param>
/// <param name="Unusable">Samples whose prompt cannot be rendered or is empty: they fail without a call.</param>
/// <param name="Forecast">Null where no earlier run at this endpoint tells.</param>
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
    RunForecast? Forecast);

/// <summary>The cost of one variant. <paramref name="PromptTokens"/> is null unless this very version ran before with this model.</summary>
public sealed record VariantCost(
    string VariantId,
    string Name,
    int Version,
    int Calls,
    int FromCache,
    int Duplicates,
    int Unusable,
    int Unchecked,
    long? PromptTokens);

/// <summary>
/// How long the calls take if they take as long as those of an earlier run at this endpoint, and the endpoint's limits are used to the full.
/// <paramref name="PromptTokens"/> is null unless every variant with calls to make ran before with this model.
/// </summary>
public sealed record RunForecast(double Seconds, double CallMilliseconds, string BasedOnRun, int BasedOnCalls, long? PromptTokens);
