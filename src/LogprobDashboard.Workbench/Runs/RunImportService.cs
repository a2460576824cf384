using System.Security.Cryptography;
using System.Text;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Makes a run of log probs that were recorded elsewhere: whole or not at all, without one call.</summary>
public sealed class RunImportService
{
    private const int LinesPerBatch = 1000;
    private const int LongestLine = 16 * 1024 * 1024;
    private const string Unfinished = "The import did not finish. Delete this run and import the file again.";

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly RunsQueries _queries;
    private readonly RunStates _states;
    private readonly TimeProvider _time;

    internal RunImportService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, ExperimentsQueries experiments, DatasetsQueries datasets, RunsQueries queries, RunStates states, TimeProvider time) =>
        (_contexts, _gate, _experiments, _datasets, _queries, _states, _time) = (contexts, gate, experiments, datasets, queries, states, time);

    /// <param name="name">Of the run; null: the file's.</param>
    /// <param name="model">Null: what the first answer says, else "unknown".</param>
    /// <exception cref="UserErrorException">A line is wrong; it is named, and nothing is imported.</exception>
    public async Task<RunRecord> ImportAsync(string experimentId, StagedFile file, string? name, string? model, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var (samples, served) = await CheckAsync(experiment, file, cancellationToken).ConfigureAwait(false);
        var run = await AddAsync(experiment, name ?? Path.GetFileNameWithoutExtension(file.FileName), Blank(model) ?? served ?? "unknown", samples.Count, cancellationToken).ConfigureAwait(false);
        try
        {
            await StoreAsync(run.Id, file, samples, cancellationToken).ConfigureAwait(false);
            await _states.MoveAsync(run.Id, [RunStatus.Failed], RunStatus.Completed, null, FormattableString.Invariant($"{samples.Count} recorded {(samples.Count == 1 ? "answer" : "answers")} imported."), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await RemoveAsync(run.Id).ConfigureAwait(false);
            throw;
        }

        return await _queries.GetAsync(Ids.Format(run.Id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The whole file is read once before anything is stored.</summary>
    private async Task<(List<int> Samples, string? Model)> CheckAsync(Experiment experiment, StagedFile file, CancellationToken cancellationToken)
    {
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var byText = Lines(file).Select(line => line.Line.Naming).FirstOrDefault() == SampleNaming.Text;
        var finder = await SampleFinder.OfAsync(db, experiment.DatasetId, dataset.RowCount, byText, cancellationToken).ConfigureAwait(false);
        var samples = new List<int>();
        string? model = null;
        foreach (var (line, number) in Lines(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            samples.Add(finder.Find(line, number));
            model ??= line.Answer?.ServedModel;
        }

        return samples.Count > 0 ? (samples, model) : throw RecordedLine.Wrong(1, "is not there: the file is empty");
    }

    private async Task<Run> AddAsync(Experiment experiment, string name, string model, int total, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var run = new Run
        {
            ExperimentId = experiment.Id,
            Name = Blank(name) ?? "imported",
            Settings = new CallSettings("", model, 0, 0, 0, OutputLimitField.MaxTokens, null, null),
            LabelNames = [.. experiment.Labels.Select(label => label.Name)],
            Status = RunStatus.Failed, // until it is whole; a process that dies leaves this
            Problem = Unfinished,
            Total = total,
            CreatedAt = now,
            StartedAt = now,
        };
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return run;
    }

    private async Task StoreAsync(long runId, StagedFile file, List<int> samples, CancellationToken cancellationToken)
    {
        foreach (var batch in Lines(file).Select((line, at) => Outcome(runId, samples[at], line.Line)).Chunk(LinesPerBatch))
        {
            using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            await ResultBatch.StoreAsync(_contexts, batch, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>No request is known, so the answer must never serve one: its key is the import's own.</summary>
    private static SampleOutcome Outcome(long runId, int index, RecordedLine line) => new(
        runId,
        index,
        line.Answer is { } answer ? new SharedAnswer(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"import {runId} {index}"))), answer) : null,
        line.Failure,
        0,
        false);

    private static IEnumerable<(RecordedLine Line, long Number)> Lines(StagedFile file)
    {
        using var lines = new ByteLines(file.Open(), LongestLine);
        while (lines.Read())
        {
            var line = lines.Line == 1 && lines.Current.Span.StartsWith("\uFEFF"u8) ? lines.Current[3..] : lines.Current;
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                yield return (RecordedLine.Parse(line, lines.Line), lines.Line);
        }
    }

    private async Task RemoveAsync(long runId)
    {
        using var turn = await _gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(CancellationToken.None).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await db.Set<Run>().Where(run => run.Id == runId).ExecuteDeleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
