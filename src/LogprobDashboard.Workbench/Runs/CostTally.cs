using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Counts what the samples of one variant cost, and keeps an even choice of the prompts that are to be sent.</summary>
internal sealed class CostTally
{
    /// <summary>Prompts of one template are alike: the mean of so many is within a few percent of all.</summary>
    public const int PromptsKept = 400;

    private readonly SeededGenerator _random = new(0);
    private readonly List<IReadOnlyList<PromptMessage>> _kept = [];

    public int Calls { get; private set; }

    public int FromCache { get; private set; }

    public int Duplicates { get; private set; }

    public int Unusable { get; private set; }

    public int Unchecked { get; private set; }

    public int Kept => _kept.Count;

    public void AddCall(IReadOnlyList<PromptMessage> messages)
    {
        Calls++;
        if (_kept.Count < PromptsKept)
            _kept.Add(messages);
        else if (_random.NextInt32(Calls) is var place && place < PromptsKept)
            _kept[place] = messages; // each call so far is kept with the same probability
    }

    public void AddFromCache() => FromCache++;

    public void AddDuplicate() => Duplicates++;

    public void AddUnusable() => Unusable++;

    /// <summary>Not looked at: each may need a call.</summary>
    public void AddUnchecked(int samples)
    {
        Calls += samples;
        Unchecked += samples;
    }

    /// <summary>Tokens of all calls' prompts; exact, by that counter, where every one was kept. Null where none was.</summary>
    public long? PromptTokens(TokenCounter counter) =>
        _kept.Count == 0 ? null : (long)Math.Round(_kept.Average(messages => (double)counter.Count(messages)) * Calls);
}
