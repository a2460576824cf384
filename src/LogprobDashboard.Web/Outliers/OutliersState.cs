using System.Globalization;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>
/// What an outliers page was asked to show: its query string. Defaults are left out, nonsense falls back, so every view is a link.
/// No runs: as the compare page chooses. No cut: the 95 % quantile, or none where a cell of a confusion matrix is shown.
/// </summary>
public sealed record OutliersState
{
    private const int LongestId = 64;
    private const int LongestText = 200;
    private readonly string _query;

    private OutliersState(IEnumerable<string> runs, OutlierOrder by, double? cut, OutlierShow show, OutlierCell cell, string? source, string? search, string? reason, OutlierSort sort, int? sample)
    {
        Runs = [.. runs.Where(IsId).Distinct(StringComparer.Ordinal).Take(SeriesPalette.Count)];
        (By, Show, Cell) = (by, show, Tidy(cell));
        var share = cut is >= 0 and <= 1 ? Math.Round(cut.Value, 6) : (double?)null;
        Cut = share == (Cell.IsAny ? 0 : OutliersRequest.DefaultCut) ? null : share;
        (Source, Search) = (Text(source), Text(search?.Trim()));
        Reason = OutliersQueries.ReasonCodes.Contains(reason) ? reason : null;
        Sort = sort.IsOfARun == IsId(sort.RunId ?? "") ? sort : OutlierSort.Default;
        Sample = sample is >= 0 ? sample : null;
        _query = Write();
    }

    public static OutliersState Default { get; } = Parse(_ => null);

    public IReadOnlyList<string> Runs { get; }

    public OutlierOrder By { get; }

    /// <summary>Null: the default.</summary>
    public double? Cut { get; }

    public OutlierShow Show { get; }

    public OutlierCell Cell { get; }

    public string? Source { get; }

    public string? Search { get; }

    public string? Reason { get; }

    public OutlierSort Sort { get; }

    /// <summary>The sample whose tokens are shown beside the list.</summary>
    public int? Sample { get; }

    public double Share => ToRequest().Share;

    public static OutliersState Parse(Func<string, string?> read) => new(
        (read("runs") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Word(read("by"), OutlierOrder.Entropy),
        Number(read("cut")),
        Word(read("show"), OutlierShow.All),
        new OutlierCell(
            read("label"),
            read("predicted"),
            read("status") == "unscorable",
            read("positive"),
            Number(read("threshold")),
            Enum.GetValues<OutlierOutcome>().Cast<OutlierOutcome?>().FirstOrDefault(outcome => Word(outcome!.Value) == read("outcome"))),
        read("source"),
        read("q"),
        read("reason"),
        OutlierSortText.Parse(read("sort")),
        int.TryParse(read("sample"), NumberStyles.None, CultureInfo.InvariantCulture, out var sample) ? sample : null);

    public OutliersState WithRuns(IEnumerable<string> runs) => new(runs, By, Cut, Show, Cell, Source, Search, Reason, Sort, Sample);

    public OutliersState WithBy(OutlierOrder by) => new(Runs, by, Cut, Show, Cell, Source, Search, Reason, Sort, Sample);

    /// <summary>0 is no cut.</summary>
    public OutliersState WithCut(double? cut) => new(Runs, By, cut, Show, Cell, Source, Search, Reason, Sort, Sample);

    public OutliersState WithShow(OutlierShow show) => new(Runs, By, Cut, show, Cell, Source, Search, Reason, Sort, Sample);

    /// <summary>The cut in force stays in force.</summary>
    public OutliersState WithCell(OutlierCell cell) => new(Runs, By, cell.IsAny == Cell.IsAny ? Cut : Cell.IsAny ? null : Share, Show, cell, Source, Search, Reason, Sort, Sample);

    public OutliersState WithSource(string? source) => new(Runs, By, Cut, Show, Cell, source, Search, Reason, Sort, Sample);

    public OutliersState WithSearch(string? search) => new(Runs, By, Cut, Show, Cell, Source, search, Reason, Sort, Sample);

    public OutliersState WithReason(string? reason) => new(Runs, By, Cut, Show, Cell, Source, Search, reason, Sort, Sample);

    public OutliersState WithSort(OutlierSort sort) => new(Runs, By, Cut, Show, Cell, Source, Search, Reason, sort, Sample);

    public OutliersState WithSample(int? sample) => new(Runs, By, Cut, Show, Cell, Source, Search, Reason, Sort, sample);

    public OutliersRequest ToRequest() => new(Runs, By, Cut, Show, Cell, Source, Search, Reason, Sort, Sample);

    /// <summary>The page's address with this state.</summary>
    public string AddressOf(string experimentId) => AppRoutes.OutliersOf(experimentId) + ToQuery();

    /// <summary>Where the whole list can be had as a file.</summary>
    public string ExportAddressOf(string experimentId, string format)
    {
        var query = WithSample(null).ToQuery();
        return $"/api/experiments/{Uri.EscapeDataString(experimentId)}/outliers{(query.Length == 0 ? "?" : query + "&")}format={format}";
    }

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery() => _query;

    public bool Equals(OutliersState? other) => other is not null && _query == other._query;

    public override int GetHashCode() => _query.GetHashCode(StringComparison.Ordinal);

    private string Write()
    {
        var parts = new List<string>();
        Add("runs", Runs.Count == 0 ? null : string.Join(',', Runs), escape: false);
        Add("by", By == OutlierOrder.Entropy ? null : Word(By));
        Add("cut", Cut?.ToString("R", CultureInfo.InvariantCulture));
        Add("show", Show == OutlierShow.All ? null : Word(Show));
        Add("label", Cell.Label);
        Add("predicted", Cell.Predicted);
        Add("status", Cell.Unscorable ? "unscorable" : null);
        Add("positive", Cell.Positive);
        Add("threshold", Cell.Threshold?.ToString("R", CultureInfo.InvariantCulture));
        Add("outcome", Cell.Outcome is { } outcome ? Word(outcome) : null);
        Add("source", Source);
        Add("q", Search);
        Add("reason", Reason);
        Add("sort", Sort == OutlierSort.Default ? null : OutlierSortText.Write(Sort), escape: false);
        Add("sample", Sample?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value, bool escape = true)
        {
            if (value is not null)
                parts.Add($"{name}={(escape ? Uri.EscapeDataString(value) : value)}");
        }
    }

    /// <summary>One reading of what may contradict itself: a side of a threshold goes before a cell at the argmax, an unscorable sample has no prediction.</summary>
    private static OutlierCell Tidy(OutlierCell cell)
    {
        if (cell.IsOutcome)
            return new OutlierCell(Positive: Text(cell.Positive), Threshold: cell.Threshold, Outcome: cell.Outcome);
        return new OutlierCell(Text(cell.Label), cell.Unscorable ? null : Text(cell.Predicted), cell.Unscorable);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text.Length <= LongestText ? text : null;

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static TEnum Word<TEnum>(string? text, TEnum otherwise)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Append(otherwise).FirstOrDefault(value => Word(value) == text, otherwise);

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
