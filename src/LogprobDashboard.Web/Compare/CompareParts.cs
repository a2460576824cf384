using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;
using LogprobDashboard.Workbench.Compare.Slices;

namespace LogprobDashboard.Web.Compare;

/// <summary>Loads what stands beneath the figures: only the part that a state shows.</summary>
public sealed class CompareParts(ChangesQueries changes, ConfusionsQueries confusions, LabelCurvesQueries labels, SlicesQueries slices, CalibrationQueries calibration)
{
    /// <summary>Samples that are listed of each run.</summary>
    public const int ListedChanges = 8;

    private const int ListedConfusions = 6;
    private const int PointsOfSmallCurve = 80;
    private const int SamplesOfConfusion = 3;

    /// <param name="view">What the state shows.</param>
    /// <param name="state">The state.</param>
    /// <param name="resampling">Of intervals; none: they come later.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ComparePart> LoadAsync(CompareView view, CompareState state, ResamplingRequest resampling, CancellationToken cancellationToken) => state.Detail switch
    {
        CompareDetail.Changes => new() { Changes = await changes.OfAsync(view, ListedChanges, null, cancellationToken) },
        CompareDetail.Confusions => new() { Confusions = await confusions.OfAsync(view, ListedConfusions, SamplesOfConfusion, cancellationToken) },
        CompareDetail.Labels when view.Labels.Count > 2 => new() { Labels = await labels.OfAsync(view, PointsOfSmallCurve, cancellationToken) },
        CompareDetail.Slices => new() { Slices = await slices.OfAsync(view, state.By, resampling, cancellationToken) },
        CompareDetail.Calibration => new() { Calibration = await calibration.OfAsync(view, state.ToCalibrationRequest(), cancellationToken) },
        _ => new(),
    };
}

/// <summary>The part that is shown beneath the figures, each in the view's order; the others are null.</summary>
public sealed record ComparePart
{
    public IReadOnlyList<RunChanges>? Changes { get; init; }

    public IReadOnlyList<RunConfusions>? Confusions { get; init; }

    /// <summary>The micro average first; null too where there are two labels.</summary>
    public IReadOnlyList<LabelCurves>? Labels { get; init; }

    /// <summary>Null too where the dataset has no column to make slices by.</summary>
    public ComparedSlices? Slices { get; init; }

    public ComparedCalibration? Calibration { get; init; }
}
