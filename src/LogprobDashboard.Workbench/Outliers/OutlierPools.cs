using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>What a request is about: the samples that are compared, and the cell of the first run, counted as the compare page counts.</summary>
internal sealed class OutlierPools(JudgedRuns judged)
{
    public async Task<(SamplePool Pool, CellMembership? Cell)> MakeAsync(ChosenRuns runs, OutliersRequest request, CancellationToken cancellationToken)
    {
        var cell = request.CellOrNone;
        if (runs.Scores.Count == 0)
            return (SamplePool.Create([], _ => true, null, cell.IsAny), null);
        var first = runs.Scores[0];
        var isInSlice = await judged.RowsAsync(first, runs.DatasetId, runs.Scope, cancellationToken).ConfigureAwait(false);
        var pool = SamplePool.Create(runs.Scores, row => IsOf(first, row, request.Source) && isInSlice?.Invoke(row) != false, runs.Scope.MostEntropy, cell.IsAny);
        return (pool, cell.IsAny ? new CellMembership(first, cell, runs.PositiveLabel, await ThresholdsAsync(runs, cell, cancellationToken).ConfigureAwait(false)) : null);
    }

    /// <summary>Null where no rule has to be asked.</summary>
    private async Task<double[]?> ThresholdsAsync(ChosenRuns runs, OutlierCell cell, CancellationToken cancellationToken)
    {
        var positive = cell.Positive ?? runs.PositiveLabel;
        if (cell is not { IsOutcome: true, Threshold: null, Choice: { } choice } || !runs.Labels.Contains(positive))
            return null;
        var run = await judged.OfAsync(runs.Scores[0], runs.DatasetId, runs.Scope, cancellationToken).ConfigureAwait(false);
        return new PointChoice(CompareQueries.RuleOf(choice.Rule), null, false, choice.Judging, choice.Holdout, choice.Seed).ThresholdsOf(run, run.LabelIndex(positive, positive));
    }

    private static bool IsOf(RunScores run, int row, string? source) => source is null || (run.Source[row] >= 0 && run.Sources[run.Source[row]] == source);
}
