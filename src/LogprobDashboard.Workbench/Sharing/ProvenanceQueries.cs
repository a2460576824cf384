using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>Tells where the figures of a view come from.</summary>
public sealed class ProvenanceQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;

    internal ProvenanceQueries(IDbContextFactory<WorkbenchDb> contexts) => _contexts = contexts;

    /// <exception cref="UserErrorException">There is no such experiment any more.</exception>
    public async Task<Provenance> OfAsync(CompareView view, CancellationToken cancellationToken)
    {
        var (key, ids) = (Ids.Parse(view.ExperimentId, "experiment"), view.Runs.Select(run => Ids.Parse(run.RunId, "run")).ToList());
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var source = await (
            from experiment in db.Set<Experiment>()
            join dataset in db.Set<Dataset>() on experiment.DatasetId equals dataset.Id
            where experiment.Id == key
            select new { Experiment = experiment, Dataset = dataset }).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("experiment", view.ExperimentId);
        var rows = await (
            from run in db.Set<Run>()
            join version in db.Set<VariantVersion>() on run.VariantVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            join variant in db.Set<Variant>() on run.VariantId equals variant.Id into variants
            from variant in variants.DefaultIfEmpty()
            where ids.Contains(run.Id)
            select new { Run = run, Version = version, Variant = variant }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return new Provenance(
            source.Dataset.Name,
            source.Dataset.FileName,
            source.Dataset.ContentHash,
            source.Dataset.RowCount,
            [.. source.Experiment.Labels.Select(label => new ExperimentLabel(label.Name, label.EffectiveWords))],
            [.. rows.OrderBy(row => ids.IndexOf(row.Run.Id)).Select(row => Of(row.Run, row.Version, row.Variant))]);
    }

    private static RunProvenance Of(Run run, VariantVersion? version, Variant? variant)
    {
        var prompt = version is null || variant is null ? null : new DecisionPrompt(variant.Name, version.Number, version.System, version.User);
        var settings = run.Settings;
        return new RunProvenance(
            Ids.Format(run.Id), run.Name, prompt,
            new DecisionModel(settings.Model, prompt is null ? null : settings.Host, settings.TopLogprobs, settings.AnswerTokens, settings.EffectiveTemperature),
            run.Total, run.CreatedAt, run.FinishedAt);
    }
}
