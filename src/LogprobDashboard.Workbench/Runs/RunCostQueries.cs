using System.Buffers.Binary;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Says what a run would cost before it starts. No call is made and nothing is stored.</summary>
public sealed class RunCostQueries
{
    /// <summary>How long the counting may take. 100,000 samples of three variants fit into it on a small machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int SamplesPerRead = 500;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly RunOrders _orders;
    private readonly DatasetsQueries _datasets;
    private readonly RunForecasts _forecasts;
    private readonly TokenForecasts _tokens;
    private readonly AnswerHorizon _horizon;
    private readonly TimeProvider _time;

    internal RunCostQueries(IDbContextFactory<WorkbenchDb> contexts, RunOrders orders, DatasetsQueries datasets, RunForecasts forecasts, TokenForecasts tokens, AnswerHorizon horizon, TimeProvider time) =>
        (_contexts, _orders, _datasets, _forecasts, _tokens, _horizon, _time) = (contexts, orders, datasets, forecasts, tokens, horizon, time);

    /// <exception cref="UserErrorException">It could not be started like this.</exception>
    public Task<RunCost> OfAsync(string experimentId, RunInput input, CancellationToken cancellationToken) => OfAsync(experimentId, input, Patience, cancellationToken);

    internal async Task<RunCost> OfAsync(string experimentId, RunInput input, TimeSpan patience, CancellationToken cancellationToken)
    {
        var order = await _orders.ResolveAsync(experimentId, input, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(Ids.Format(order.Experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var scope = VariantsService.ScopeOf(order.Experiment, dataset);
        var prompts = order.Versions.Select(pair => PromptPair.Parse(pair.Version.System, pair.Version.User, scope, dataset)).ToList();
        var tallies = prompts.ConvertAll(_ => new CostTally());
        // Off the caller's thread: SQLite reads, rendering and counting never yield, and the caller may be a page.
        var tokens = await Task.Run(
            async () =>
            {
                await CountAsync(order, prompts, tallies, input.UseCache, patience, cancellationToken).ConfigureAwait(false);
                return await _tokens.OfAsync(order, tallies, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        var variants = order.Versions.Select((pair, at) => ToCost(pair.Variant, pair.Version, tallies[at], tokens[at])).ToList();
        var calls = variants.Sum(variant => variant.Calls);
        var sum = TokenForecasts.Sum(variants);
        return new RunCost(
            order.Endpoint.Name,
            order.Endpoint.Settings.Model,
            order.Samples.Length,
            calls,
            variants.Sum(variant => variant.FromCache),
            variants.Sum(variant => variant.Duplicates),
            variants.Sum(variant => variant.Unusable),
            variants.Sum(variant => variant.Unchecked),
            variants,
            calls == 0 ? null : await _forecasts.OfAsync(order, calls, sum, cancellationToken).ConfigureAwait(false),
            sum);
    }

    private static VariantCost ToCost(Variant variant, VariantVersion version, CostTally tally, TokenForecast? tokens) => new(
        Ids.Format(variant.Id),
        variant.Name,
        version.Number,
        tally.Calls,
        tally.FromCache,
        tally.Duplicates,
        tally.Unusable,
        tally.Unchecked,
        tokens);

    private async Task CountAsync(RunOrder order, List<PromptPair> prompts, List<CostTally> tallies, bool useCache, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        using var stored = new StoredAnswers((SqliteConnection)db.Database.GetDbConnection(), _horizon.Last);
        var asked = new Dictionary<UInt128, bool>();
        var left = order.Samples.Length;
        foreach (var chunk in order.Samples.Order().Chunk(SamplesPerRead))
        {
            if (_time.GetElapsedTime(started) >= patience)
                break;
            foreach (var sample in await _datasets.SamplesAsync(order.Experiment.DatasetId, chunk, cancellationToken).ConfigureAwait(false))
            {
                for (var at = 0; at < prompts.Count; at++)
                    Count(sample, prompts[at], order.Endpoint.Settings, tallies[at], useCache ? stored : null, asked);
            }

            left -= chunk.Length;
        }

        tallies.ForEach(tally => tally.AddUnchecked(left));
    }

    /// <param name="stored">Null: the cache is not to be used, and every sample is a call.</param>
    /// <param name="asked">The requests so far, and whether a stored answer serves them.</param>
    private static void Count(SampleRecord sample, PromptPair prompt, CallSettings settings, CostTally tally, StoredAnswers? stored, Dictionary<UInt128, bool> asked)
    {
        IReadOnlyList<PromptMessage> messages;
        try
        {
            messages = prompt.Render(sample);
        }
        catch (PromptRenderingException)
        {
            tally.AddUnusable();
            return;
        }

        if (stored is null)
        {
            tally.AddCall(messages);
            return;
        }

        var hash = RequestKey.Of(settings, messages);
        var key = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        if (asked.TryGetValue(key, out var served))
        {
            if (served)
                tally.AddFromCache();
            else
                tally.AddDuplicate();
        }
        else if (asked[key] = stored.Serve(hash))
        {
            tally.AddFromCache();
        }
        else
        {
            tally.AddCall(messages);
        }
    }
}
