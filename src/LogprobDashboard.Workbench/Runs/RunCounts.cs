using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What a batch adds to a run's counters. Tokens count where they were paid for: not for an answer from the cache.</summary>
internal sealed class RunCounts
{
    public int Scored { get; private set; }

    public int Unscorable { get; private set; }

    public int Failed { get; private set; }

    public int Cached { get; private set; }

    public int Censored { get; private set; }

    public int AnswerMismatches { get; private set; }

    public long PromptTokens { get; private set; }

    public long CompletionTokens { get; private set; }

    public void Add(SampleOutcome outcome, LabelDistribution? distribution)
    {
        AddReading(distribution);
        if (outcome.Cached)
            Cached++;
        var (prompt, completion) = outcome.TokensPaid;
        PromptTokens += prompt;
        CompletionTokens += completion;
    }

    public void AddReading(LabelDistribution? distribution)
    {
        if (distribution is null)
            Failed++;
        else if (distribution.IsScorable)
            Scored++;
        else
            Unscorable++;
        if (distribution is { IsCensored: true })
            Censored++;
        if (distribution is { AnswerMismatch: true })
            AnswerMismatches++;
    }
}
