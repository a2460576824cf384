using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Endpoints;

/// <summary>What a probe found, in words.</summary>
internal static class ProbeWords
{
    private const string NotFoundOut = "not found out";

    /// <summary>For one line.</summary>
    public static string Status(EndpointProbe? probe) => probe switch
    {
        null => "not probed",
        { Ok: true } => $"probed {Moment.Of(probe.ProbedAt)}: fine",
        { Passing: true } => $"tried {Moment.Of(probe.ProbedAt)}: could not be probed",
        _ => $"probed {Moment.Of(probe.ProbedAt)}: cannot serve",
    };

    public static string Headline(EndpointProbe probe) => probe switch
    {
        { Ok: true, Advice.Count: 0 } => "Runs can be made with it as it is.",
        { Ok: true } => "Runs can be made with it. What to know, or to set:",
        { Passing: true } => "It could not be probed just now: this says nothing of what it can do.",
        _ => "It cannot serve like this.",
    };

    /// <summary>Name and finding, row by row.</summary>
    public static IEnumerable<(string Name, string Finding)> Findings(EndpointProbe probe)
    {
        if (probe.Logprobs is { } logprobs)
            yield return ("Log probs", logprobs ? "yes" : "no");
        if (probe.TopLogprobs is { } came)
            yield return ("Alternatives", $"{Figures.Count(came)} came, {Figures.Count(probe.AskedTopLogprobs)} asked for");
        if (probe.Logprobs == true && probe.Kind is null)
        {
            yield return ("Scaled by the temperature", YesOrNo(probe.TemperatureScalesLogprobs));
            yield return ("The same call twice", Twice(probe));
        }

        if (probe.FirstPosition is { } first)
            yield return ("The answer begins with", First(first));
        if (probe.TokenLimitHonoured is { } honoured)
            yield return ("Limit on tokens", honoured ? "kept" : "not kept");
        if (probe.LatencyMs is { } latency)
            yield return ("Latency", $"{TestWords.Milliseconds(latency)}, median of {Figures.Count(probe.Calls, "call", "calls")}");
        if (probe.Model is { } model)
            yield return ("Model that answered", model);
    }

    private static string YesOrNo(bool? value) => value switch { true => "yes", false => "no", null => NotFoundOut };

    private static string Twice(EndpointProbe probe) => probe.Deterministic switch
    {
        true => "the same numbers",
        false => $"up to {Figures.Decimals(probe.Spread, 4)} apart",
        null => NotFoundOut,
    };

    private static string First(FirstPosition first) => first switch
    {
        FirstPosition.Answer => "the answer",
        FirstPosition.WhiteSpace => "white space or punctuation",
        FirstPosition.Reasoning => "thoughts",
        FirstPosition.SpecialToken => "a mark of the chat format",
        _ => "text that was not asked for",
    };
}
