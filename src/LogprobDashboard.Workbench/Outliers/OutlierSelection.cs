using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The pool, cut: which places of it are beyond the cut of which run, and which of them are shown.</summary>
internal sealed class OutlierSelection
{
    private readonly CellMembership? _cell;

    /// <param name="pool">What is compared.</param>
    /// <param name="request">What is wanted of it.</param>
    /// <param name="cell">Which of the first run's rows are in the cell; null: all.</param>
    public OutlierSelection(SamplePool pool, OutliersRequest request, CellMembership? cell)
    {
        (Pool, Request) = (pool, request);
        Signals = [.. Enumerable.Range(0, pool.Runs.Count).Select(run => new SignalOfRun(pool, run, request))];
        _cell = cell;
        Shown = Select(out var counts);
        Counts = counts;
    }

    public SamplePool Pool { get; }

    public OutliersRequest Request { get; }

    public IReadOnlyList<SignalOfRun> Signals { get; }

    /// <summary>Places in the pool, ascending, before any search.</summary>
    public IReadOnlyList<int> Shown { get; }

    public OutlierCounts Counts { get; }

    public bool IsInCell(int place) => _cell is null || _cell.Contains(Pool.Rows(0)[place]);

    /// <summary>Two runs or more predicted different labels.</summary>
    public bool Disagree(int place)
    {
        var seen = -1;
        for (var run = 0; run < Pool.Runs.Count; run++)
        {
            var row = Pool.Rows(run)[place];
            if (row < 0 || Pool.Runs[run].Status[row] != ResultStatus.Scored)
                continue;
            var predicted = Pool.Runs[run].Predicted[row];
            if (seen >= 0 && seen != predicted)
                return true;
            seen = predicted;
        }

        return false;
    }

    public (ErrorShare Beyond, ErrorShare Within) Errors(int run)
    {
        var (scores, rows) = (Pool.Runs[run], Pool.Rows(run));
        Span<int> tally = [0, 0, 0, 0];
        for (var place = 0; place < rows.Length; place++)
        {
            var row = rows[place];
            if (row < 0 || scores.Status[row] != ResultStatus.Scored || scores.TrueLabel[row] < 0)
                continue;
            var side = Signals[run].IsBeyond(place) ? 0 : 2;
            tally[side + 1]++;
            if (scores.Predicted[row] != scores.TrueLabel[row])
                tally[side]++;
        }

        return (new ErrorShare(tally[0], tally[1]), new ErrorShare(tally[2], tally[3]));
    }

    private List<int> Select(out OutlierCounts counts)
    {
        var shown = new List<int>();
        var (cell, any, every, disagree, settled) = (0, 0, 0, 0, 0);
        for (var place = 0; place < Pool.Count; place++)
        {
            if (!IsInCell(place))
                continue;
            cell++;
            var beyond = Signals.Count(signal => signal.IsBeyond(place));
            if (beyond == 0)
                continue;
            any++;
            var (isEvery, disagrees) = (beyond == Signals.Count, Disagree(place));
            every += isEvery ? 1 : 0;
            disagree += disagrees ? 1 : 0;
            settled += beyond == 1 && Signals.Count == 2 && Signals[Signals[0].IsBeyond(place) ? 1 : 0].IsSettled(place) ? 1 : 0;
            if (Request.Show switch { OutlierShow.Both => isEvery, OutlierShow.Disagree => disagrees, _ => true })
                shown.Add(place);
        }

        counts = new OutlierCounts(cell, any, every, disagree, Signals.Count == 2 ? settled : null);
        return shown;
    }
}
