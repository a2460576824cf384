namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What is known to go wrong with settings that can be saved all the same: what a provider allows changes faster than this program.</summary>
public static class EndpointWarnings
{
    public static IReadOnlyList<string> Of(string baseUrl, int topLogprobs) => [.. All(baseUrl, topLogprobs)];

    private static IEnumerable<string> All(string baseUrl, int topLogprobs)
    {
        if (EndpointPresets.ForAddress(baseUrl) is { } known && topLogprobs > known.TopLogprobsLimit)
            yield return FormattableString.Invariant($"{known.Name} is known to give {known.TopLogprobsLimit} alternatives at most, and {topLogprobs} are asked for: it may refuse every call, or send fewer. Set the top log probs (topLogprobs) to {known.TopLogprobsLimit}, or probe the endpoint.");
    }
}
