using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Finds which labels were outside of the top tokens, and what would narrow the range that they leave to average precision.</summary>
public sealed class CensoringQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly JudgedRuns _judged;

    internal CensoringQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, JudgedRuns judged) =>
        (_contexts, _experiments, _judged) = (contexts, experiments, judged);

    /// <summary>The view's runs in which a label of a judged sample is censored, in its order.</summary>
    public async Task<IReadOnlyList<RunCensoring>> OfAsync(CompareView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var censored = new List<RunCensoring>();
        foreach (var run in view.Runs.Where(run => run.Censored > 0))
            censored.Add(await OfAsync(view, run, cancellationToken).ConfigureAwait(false));
        return censored;
    }

    private async Task<RunCensoring> OfAsync(CompareView view, ComparedRun run, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var judged = await _judged.OfAsync(run.RunId, experiment.DatasetId, view.Scope, cancellationToken).ConfigureAwait(false);
        var settings = await SettingsAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        var counts = new int[view.Labels.Count];
        var unseen = 0.0;
        foreach (var row in judged.Rows.Where(judged.Scores.IsCensored))
        {
            unseen += judged.Scores.UnseenMass[row];
            for (var label = 0; label < counts.Length; label++)
                counts[label] += judged.Scores.Censored(row)[label] ? 1 : 0;
        }

        List<CensoredLabel> labels = [.. counts.Select((count, label) => new CensoredLabel(view.Labels[label], count)).Where(label => label.Count > 0).OrderByDescending(label => label.Count)];
        var facts = new CensoringFacts(run.EndpointHost is not null, settings.TopLogprobs, EndpointPresets.ForAddress(settings.BaseUrl)?.TopLogprobsLimit, view.Labels.Count, LongestWord(experiment), unseen / run.Censored);
        return new RunCensoring(run.RunId, run.Censored, run.Scored, labels, unseen / run.Censored, CensoringAdvice.Of(facts));
    }

    private static int LongestWord(Experiment experiment) => experiment.Labels.SelectMany(label => label.EffectiveWords).Max(word => word.Trim().Length);

    private async Task<CallSettings> SettingsAsync(string runId, CancellationToken cancellationToken)
    {
        var id = Ids.Parse(runId, "run");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<Run>().AsNoTracking().Where(run => run.Id == id).Select(run => run.Settings).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? throw UserErrorException.NotFound("run", runId);
    }
}

/// <summary>What was outside of a run's top tokens. <paramref name="Samples"/> of <paramref name="Scored"/> have a censored label; <paramref name="MeanUnseenMass"/> of those is in [0, 1]. <paramref name="Advice"/> says what would narrow the range.</summary>
public sealed record RunCensoring(string RunId, int Samples, int Scored, IReadOnlyList<CensoredLabel> Labels, double MeanUnseenMass, IReadOnlyList<string> Advice);

/// <summary>A label that nothing matched in <paramref name="Count"/> samples.</summary>
public sealed record CensoredLabel(string Label, int Count);
