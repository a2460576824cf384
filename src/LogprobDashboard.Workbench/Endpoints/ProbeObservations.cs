using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What the calls of one probe brought, and the comparisons between them. Null: not asked, or nothing to compare.</summary>
internal sealed record ProbeObservations(CallSettings Settings, CallOutcome First)
{
    /// <summary>Below it two numbers are the same.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Servers that batch calls differ by up to this much between equal ones.</summary>
    private const double Noise = 0.1;

    public CallOutcome? Again { get; init; }

    public CallOutcome? OtherTemperature { get; init; }

    public CallOutcome? OtherLimitField { get; init; }

    public CallOutcome? FewerAlternatives { get; init; }

    public OutputLimitField TheOtherLimitField => Settings.OutputLimitField == OutputLimitField.MaxTokens ? OutputLimitField.MaxCompletionTokens : OutputLimitField.MaxTokens;

    public bool? TokenLimitHonoured => First.Answer is { } answer ? Honours(answer) : null;

    public bool? OtherLimitFieldHonoured => OtherLimitField?.Answer is { } answer ? Honours(answer) : null;

    /// <summary>The largest difference of a token's log p between the two equal calls.</summary>
    public double? Spread => Difference(First, Again);

    public bool? Deterministic => Spread is { } spread ? spread <= Rounding && Usable(First).Count == Usable(Again).Count : null;

    /// <summary>Beyond what equal calls differ by, or at one of the two temperatures only the chosen token is left.</summary>
    public bool? TemperatureScales
    {
        get
        {
            if (OtherTemperature?.Answer is null || First.Answer is null)
                return null;
            var (here, there) = (Usable(First).Count, Usable(OtherTemperature).Count);
            if (Math.Max(here, there) > 1 && Math.Min(here, there) <= 1)
                return true;
            return Difference(First, OtherTemperature) is { } difference ? difference > Math.Max(Noise, 3 * Spread ?? 0) : null;
        }
    }

    private bool? Honours(ReceivedAnswer answer)
    {
        if (answer.Positions.Count > Settings.AnswerTokens)
            return false;
        if (answer.CompletionTokens is { } counted && !answer.Reasoned)
            return counted <= Settings.AnswerTokens + 1; // some count the end of the text
        return answer.Positions.Count > 0 ? true : null;
    }

    private static double? Difference(CallOutcome one, CallOutcome? other)
    {
        var (here, there) = (Usable(one), Usable(other));
        double? largest = null;
        foreach (var (token, logProbability) in here)
        {
            if (there.TryGetValue(token, out var second))
                largest = Math.Max(largest ?? 0, Math.Abs(logProbability - second));
        }

        return largest;
    }

    /// <summary>The usable log p of the first position, the same context in every call.</summary>
    private static Dictionary<string, double> Usable(CallOutcome? outcome)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        if (outcome?.Answer?.Positions is not [var position, ..])
            return found;
        foreach (var token in position.TopLogprobs.Append(position.Chosen))
        {
            if (UsableLogProbability.TryRead(token.LogProbability, out var usable))
                found[token.Token] = found.TryGetValue(token.Token, out var known) ? Math.Max(known, usable) : usable;
        }

        return found;
    }
}
