using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>
/// What was worked out for one request: the order of its list as sample indexes, and the figures above it. Kept in <see cref="OutlierListings"/> and nowhere else; a page holds the request.
/// <paramref name="ReasonsLookedAt"/> of the <paramref name="BeforeReason"/> samples were looked at for <paramref name="Reasons"/>, in the order of the list.
/// </summary>
internal sealed record OutlierListing(
    int[] Samples,
    IReadOnlyList<double> Edges,
    IReadOnlyList<RunFigures> Runs,
    int Pool,
    OutlierCounts Counts,
    IReadOnlyList<ReasonCount> Reasons,
    int ReasonsLookedAt,
    int BeforeReason,
    double? LooserCut)
{
    public long Size => 16 * 1024 + ((long)Samples.Length * sizeof(int));
}

/// <summary>One run's part of a listing.</summary>
internal sealed record RunFigures(
    int Answered,
    int Defined,
    double? Cut,
    int Beyond,
    IReadOnlyList<int> Bins,
    IReadOnlyList<int> CellBins,
    IReadOnlyList<double> Knots,
    ErrorShare WrongBeyond,
    ErrorShare WrongWithin);

/// <summary>The runs that a request is about, with their columns, in the order of the page.</summary>
internal sealed record ChosenRuns(
    long DatasetId,
    int DatasetSize,
    IReadOnlyList<string> Labels,
    string PositiveLabel,
    IReadOnlyList<RunRecord> All,
    IReadOnlyList<RunRecord> Runs,
    IReadOnlyList<RunScores> Scores,
    SampleScope Scope)
{
    public IReadOnlyList<long> Keys => [.. Runs.Select(run => Ids.Parse(run.Id, "run"))];

    public int Positive
    {
        get
        {
            for (var label = 0; label < Labels.Count; label++)
            {
                if (Labels[label] == PositiveLabel)
                    return label;
            }

            return 0;
        }
    }
}
