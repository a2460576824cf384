using System.ComponentModel;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;
using LogprobDashboard.Workbench.Compare.Slices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Compare;

/// <summary>What stands beneath the figures of compared runs: slices and calibration.</summary>
internal static class DetailsApi
{
    private static readonly string[] SliceColumns =
    [
        "column", "slice", "runId", "run", "positive", "samples", "positives", "averagePrecision", "averagePrecisionLow", "averagePrecisionHigh", "rocAuc", "accuracy", "precision", "recall", "f1", "belowWhole",
    ];

    public static void MapCompareDetails(this RouteGroupBuilder compare)
    {
        compare.MapGet("/slices", SlicesAsync).WithName("GetSlices").WithSummary("Up to eight runs on each slice of a column, worst average precision first; by names the column, the first that slices can be made by if left out.").CanFail(400, 404, 422);
        compare.MapGet("/slices.csv", SlicesFileAsync).WithName("GetSlicesFile").WithSummary("The same as CSV, a row a slice and run, all samples first.").Produces<string>(200, "text/csv").CanFail(400, 404, 422);
        compare.MapGet("/calibration", CalibrationAsync).WithName("GetCalibration").WithSummary("How far the probabilities of up to eight runs can be believed: as they are and after temperature, Platt or batch calibration (cross-fitted), conformal sets, and risk against coverage.").CanFail(400, 404, 422);
    }

    private static async Task<Ok<ComparedSlices>> SlicesAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [Description("How many bootstrap resamples the intervals come from; 1,000 if left out, 0 for none.")] int? resamples,
        CompareQueries compare,
        SlicesQueries slices,
        CancellationToken cancellationToken) => TypedResults.Ok((await LoadAsync(id, choices, resamples, compare, slices, cancellationToken)).Slices);

    private static async Task<IResult> SlicesFileAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [Description("How many bootstrap resamples the intervals come from; 1,000 if left out, 0 for none.")] int? resamples,
        CompareQueries compare,
        SlicesQueries slices,
        CancellationToken cancellationToken)
    {
        var (view, found) = await LoadAsync(id, choices, resamples, compare, slices, cancellationToken);
        var names = CompareSeries.Rows(view).ToDictionary(row => row.Run.RunId, row => row.Name.Full);
        return new CsvFile(CompareExport.Name(view, "slices"), SliceColumns, ((IEnumerable<ComparedSlice>)[new("(all samples)", found.Whole), .. found.Slices]).SelectMany(slice => slice.Runs.Select(run => (IReadOnlyList<string>)
        [
            CsvFile.Words(found.Column), CsvFile.Words(slice.Value), run.RunId, CsvFile.Words(names[run.RunId]), CsvFile.Words(view.PositiveLabel), CsvFile.Number(run.Samples), CsvFile.Number(run.Positives),
            CsvFile.Number(run.AveragePrecision), CsvFile.Number(run.Interval?.Low), CsvFile.Number(run.Interval?.High), CsvFile.Number(run.RocAuc), CsvFile.Number(run.Accuracy),
            CsvFile.Number(run.Precision), CsvFile.Number(run.Recall), CsvFile.Number(run.F1), run.IsBelowWhole ? "true" : "false",
        ])));
    }

    private static async Task<Ok<ComparedCalibration>> CalibrationAsync(
        string id,
        [AsParameters] AskedComparison choices,
        [Description("With more than two labels, what is judged: predicted, the predicted label's probability (if left out), or label, that of the positive label.")] string? of,
        [Description("Of the reliability diagrams: mass (if left out) or width.")] string? bins,
        [Description("The error rate that conformal sets may have, above 0 and below 1; 0.1 if left out.")] double? error,
        CompareQueries compare,
        CalibrationQueries calibration,
        CancellationToken cancellationToken)
    {
        if (error is not (null or (> 0 and < 1)))
            throw UserErrorException.Field("error", "Conformal sets cannot have this error rate.", "Give a number above 0 and below 1, as 0.1.", UserErrorKind.Malformed);
        var view = await CompareApi.ViewAsync(id, choices, compare, cancellationToken);
        var request = new CalibrationRequest(QueryEnum.Parse(of, Judged.Predicted, "of") == Judged.Label, QueryEnum.Parse(bins, Binning.Mass, "bins") == Binning.Width, error ?? CalibrationRequest.UsualErrorRate);
        return TypedResults.Ok(await calibration.OfAsync(view, request, cancellationToken));
    }

    private static async Task<(CompareView View, ComparedSlices Slices)> LoadAsync(
        string id, AskedComparison choices, int? resamples, CompareQueries compare, SlicesQueries slices, CancellationToken cancellationToken)
    {
        var resampling = CompareApi.Resampling(resamples, choices.Seed);
        var view = await CompareApi.ViewAsync(id, choices, compare, cancellationToken);
        var found = await slices.OfAsync(view, choices.By, resampling, cancellationToken)
            ?? throw UserErrorException.Field("by", "The dataset has no column to make slices by.", "Import it with a source column, or with further columns beside text, label and id.");
        return string.IsNullOrEmpty(choices.By) || found.Column == choices.By
            ? (view, found)
            : throw UserErrorException.Field("by", $"The dataset has no column \"{choices.By}\" to make slices by.", $"Use one of {string.Join(", ", found.Columns)}.");
    }

    private enum Judged
    {
        Predicted,
        Label,
    }
}
