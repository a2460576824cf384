using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Foretells the tokens of calls: counted where the model's encoding is known, else by what the same prompt took before, else by a stand-in.</summary>
internal sealed class TokenForecasts(IDbContextFactory<WorkbenchDb> contexts)
{
    private const int NewestRuns = 50;

    /// <summary>One for each version of the order, in its order; null where it has no call to make, or nothing to count.</summary>
    public async Task<IReadOnlyList<TokenForecast?>> OfAsync(RunOrder order, IReadOnlyList<CostTally> tallies, CancellationToken cancellationToken)
    {
        var counter = TokenCounter.For(order.Endpoint.Settings.Model);
        var measured = counter.IsOfTheModel ? [] : await MeasuredAsync(order, cancellationToken).ConfigureAwait(false);
        return [.. order.Versions.Select((pair, at) => Of(order, tallies[at], counter, measured.GetValueOrDefault(pair.Version.Id)))];
    }

    /// <summary>Of all variants together: what is least sure of them says how sure the sum is.</summary>
    public static TokenForecast? Sum(IEnumerable<VariantCost> variants)
    {
        var paying = variants.Where(variant => variant.Calls > 0).Select(variant => variant.Tokens).ToList();
        if (paying.Count == 0 || paying.Contains(null))
            return null;
        var parts = paying.OfType<TokenForecast>().ToList();
        var weakest = parts.MaxBy(part => part.Basis)!;
        return new TokenForecast(
            parts.Sum(part => part.PromptTokens),
            parts.Sum(part => part.CompletionTokens),
            weakest.Basis,
            string.Join(", ", parts.Where(part => part.Basis == weakest.Basis).Select(part => part.BasedOn).Distinct()),
            parts.Sum(part => part.Counted),
            parts.Exists(part => part.Cost is null) ? null : parts.Sum(part => part.Cost!.Value));
    }

    private static TokenForecast? Of(RunOrder order, CostTally tally, TokenCounter counter, Measured? measured)
    {
        if (tally.Calls == 0)
            return null;
        var prompt = measured is not null ? (long)Math.Round(measured.TokensPerCall * tally.Calls) : tally.PromptTokens(counter);
        if (prompt is not { } tokens)
            return null;
        var answers = (long)tally.Calls * order.Endpoint.Settings.AnswerTokens;
        var cost = TokenPrices.Of(order.Endpoint.PromptTokenPrice, order.Endpoint.CompletionTokenPrice)?.CostOf(tokens, answers);
        return measured is not null
            ? new TokenForecast(tokens, answers, TokenBasis.Measured, measured.Run, measured.Calls, cost)
            : new TokenForecast(tokens, answers, counter.IsOfTheModel ? TokenBasis.Counted : TokenBasis.Estimated, counter.Encoding, tally.Kept, cost);
    }

    /// <summary>For each version its prompt tokens a call, from the newest run of that version with enough calls whose server sent its bill.</summary>
    private async Task<Dictionary<long, Measured>> MeasuredAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var versions = order.Versions.Select(pair => (long?)pair.Version.Id).ToList();
        var runs = (await db.Set<Run>().AsNoTracking().Where(run => versions.Contains(run.VariantVersionId) && run.PromptTokens > 0 && run.Scored + run.Unscorable - run.Cached >= RunForecasts.EnoughCalls)
            .OrderByDescending(run => run.Id).Take(NewestRuns).ToListAsync(cancellationToken).ConfigureAwait(false)).Where(run => RunForecasts.IsAlike(run, order.Endpoint)).ToList();
        var measured = new Dictionary<long, Measured>();
        foreach (var run in runs.DistinctBy(run => run.VariantVersionId))
        {
            if (!await BilledTokens.AreEstimatedAsync(db, run.Id, cancellationToken).ConfigureAwait(false))
                measured[run.VariantVersionId!.Value] = new Measured(run.Name, run.Scored + run.Unscorable - run.Cached, (double)run.PromptTokens / (run.Scored + run.Unscorable - run.Cached));
        }

        return measured;
    }

    private sealed record Measured(string Run, int Calls, double TokensPerCall);
}

/// <summary>Tells whether the tokens of a run are the server's own count: a server sends it with every answer, or with none.</summary>
internal static class BilledTokens
{
    public static async Task<bool> AreEstimatedAsync(WorkbenchDb db, long runId, CancellationToken cancellationToken) =>
        await (
            from result in db.Set<RunResult>()
            join answer in db.Set<Answer>() on result.AnswerId equals answer.Id
            where result.RunId == runId && !result.Cached
            orderby result.SampleIndex
            select answer.PromptTokens == null).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
}
