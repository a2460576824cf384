using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>
/// What an outliers page was asked to show: its query string (<see cref="OutliersAddress"/>). Defaults are left out, nonsense falls back, so every view is a link.
/// No runs: as the compare page chooses. No cut: the 95 % quantile, or none where a cell of a confusion matrix is shown.
/// </summary>
public sealed record OutliersState
{
    /// <summary>In nats, as the compare page has it: that of more labels than anybody has.</summary>
    private const double MostEntropy = 10;

    public static OutliersState Default { get; } = new();

    public IReadOnlyList<string> Runs { get; init => field = AddressParts.Ids(value); } = [];

    public OutlierOrder By { get; init; }

    /// <summary>Null: the default.</summary>
    public double? Cut { get => field == (Cell.IsAny ? 0 : OutliersRequest.DefaultCut) ? null : field; init => field = value is >= 0 and <= 1 ? Math.Round(value.Value, 6) : null; }

    public OutlierShow Show { get; init; }

    public OutlierCell Cell { get; init => field = Tidy(value); } = OutlierCell.None;

    /// <summary>What the whole page is restricted to.</summary>
    public SampleScope Scope { get; init => field = Tidy(value); } = SampleScope.All;

    public string? Source { get; init => field = AddressParts.Words(value); }

    public string? Search { get; init => field = AddressParts.Words(value?.Trim()); }

    public string? Reason { get; init => field = OutliersQueries.ReasonCodes.Contains(value) ? value : null; }

    public OutlierSort Sort { get; init => field = value.IsOfARun == AddressParts.IsId(value.RunId ?? "") ? value : OutlierSort.Default; } = OutlierSort.Default;

    /// <summary>The sample whose tokens are shown beside the list.</summary>
    public int? Sample { get; init => field = value is >= 0 ? value : null; }

    public double Share => ToRequest().Share;

    public static OutliersState Parse(Func<string, string?> read) => OutliersAddress.Read(read);

    public OutliersState WithRuns(IEnumerable<string> runs) => this with { Runs = [.. runs] };

    public OutliersState WithBy(OutlierOrder by) => this with { By = by };

    /// <summary>0 is no cut.</summary>
    public OutliersState WithCut(double? cut) => this with { Cut = cut };

    public OutliersState WithShow(OutlierShow show) => this with { Show = show };

    /// <summary>The cut in force stays in force.</summary>
    public OutliersState WithCell(OutlierCell cell) => this with { Cell = cell, Cut = cell.IsAny == Cell.IsAny ? Cut : Cell.IsAny ? null : Share };

    public OutliersState WithScope(SampleScope scope) => this with { Scope = scope };

    public OutliersState WithSource(string? source) => this with { Source = source };

    public OutliersState WithSearch(string? search) => this with { Search = search };

    public OutliersState WithReason(string? reason) => this with { Reason = reason };

    public OutliersState WithSort(OutlierSort sort) => this with { Sort = sort };

    public OutliersState WithSample(int? sample) => this with { Sample = sample };

    public OutliersRequest ToRequest() => new(Runs, By, Cut, Show, Cell, Source, Search, Reason, Sort, Sample) { Scope = Scope };

    /// <summary>The page's address with this state.</summary>
    public string AddressOf(string experimentId) => AppRoutes.OutliersOf(experimentId) + ToQuery();

    /// <summary>Where the whole list can be had as a file.</summary>
    public string ExportAddressOf(string experimentId, string format)
    {
        var query = WithSample(null).ToQuery();
        return $"/api/experiments/{Uri.EscapeDataString(experimentId)}/outliers{(query.Length == 0 ? "?" : query + "&")}format={format}";
    }

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery() => OutliersAddress.Write(this);

    /// <summary>States are the same where their addresses are.</summary>
    public bool Equals(OutliersState? other) => other is not null && ToQuery() == other.ToQuery();

    public override int GetHashCode() => ToQuery().GetHashCode(StringComparison.Ordinal);

    /// <summary>One reading of what may contradict itself: a side of a threshold goes before a cell at the argmax, a threshold before what chooses one; an unscorable sample has no prediction.</summary>
    private static OutlierCell Tidy(OutlierCell cell)
    {
        var choice = cell.Threshold is null ? Tidy(cell.Choice) : null;
        if (cell.Outcome is not null && (cell.Threshold is not null || choice is not null))
            return new OutlierCell(Positive: AddressParts.Words(cell.Positive), Threshold: cell.Threshold, Outcome: cell.Outcome, Choice: choice);
        return new OutlierCell(AddressParts.Words(cell.Label), cell.Unscorable ? null : AddressParts.Words(cell.Predicted), cell.Unscorable);
    }

    /// <summary>Without a rule there is no choice; what its way of judging does not use is at its default.</summary>
    private static CellChoice? Tidy(CellChoice? choice)
    {
        if (choice is null || !ThresholdRule.TryParse(choice.Rule, out var rule, out _))
            return null;
        var holdout = choice.Judging == PointJudging.Holdout && choice.Holdout is > 0 and < 1 ? choice.Holdout : CompareState.UsualHoldout;
        return new CellChoice(rule!.ToString(), choice.Judging, holdout, choice.Judging == PointJudging.Same ? 0 : choice.Seed);
    }

    private static SampleScope Tidy(SampleScope scope)
    {
        var value = AddressParts.Words(scope.Value);
        return new SampleScope(value is null ? null : AddressParts.Words(scope.Column), value, scope.MostEntropy is >= 0 and <= MostEntropy ? scope.MostEntropy : null);
    }
}
