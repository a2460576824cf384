using System.Globalization;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>An outliers page's state as a query string, and back. A column is not called "by", as the compare page has it: that is the signal here.</summary>
internal static class OutliersAddress
{
    /// <param name="value">The value of a query's part by its name; null where it has none.</param>
    public static OutliersState Read(Func<string, string?> value) => OutliersState.Default with
    {
        Runs = AddressParts.Split(value("runs")),
        By = Word(value("by"), OutlierOrder.Entropy),
        Cut = AddressParts.Number(value("cut")),
        Show = Word(value("show"), OutlierShow.All),
        Cell = ReadCell(value),
        Scope = new SampleScope(value("column"), value("slice"), AddressParts.Number(value("abstain"))),
        Source = value("source"),
        Search = value("q"),
        Reason = value("reason"),
        Sort = OutlierSortText.Parse(value("sort")),
        Sample = int.TryParse(value("sample"), NumberStyles.None, CultureInfo.InvariantCulture, out var sample) ? sample : null,
    };

    public static string Write(OutliersState state)
    {
        var parts = new List<string>();
        Add("runs", state.Runs.Count == 0 ? null : string.Join(',', state.Runs), escape: false);
        Add("by", state.By == OutlierOrder.Entropy ? null : Word(state.By));
        AddNumber("cut", state.Cut);
        Add("show", state.Show == OutlierShow.All ? null : Word(state.Show));
        WriteCell(state.Cell);
        Add("column", state.Scope.Column);
        Add("slice", state.Scope.Value);
        AddNumber("abstain", state.Scope.MostEntropy);
        Add("source", state.Source);
        Add("q", state.Search);
        Add("reason", state.Reason);
        Add("sort", state.Sort == OutlierSort.Default ? null : OutlierSortText.Write(state.Sort), escape: false);
        AddNumber("sample", state.Sample);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void WriteCell(OutlierCell cell)
        {
            Add("label", cell.Label);
            Add("predicted", cell.Predicted);
            Add("status", cell.Unscorable ? "unscorable" : null);
            Add("positive", cell.Positive);
            AddNumber("threshold", cell.Threshold);
            Add("rule", cell.Choice?.Rule);
            Add("judging", cell.Choice is { Judging: not PointJudging.Same and var judging } ? Word(judging) : null);
            AddNumber("holdout", cell.Choice?.Holdout is { } share and not CompareState.UsualHoldout ? share : null);
            Add("seed", cell.Choice is { Seed: not 0 and var seed } ? seed.ToString(CultureInfo.InvariantCulture) : null);
            Add("outcome", cell.Outcome is { } outcome ? Word(outcome) : null);
        }

        void AddNumber(string name, double? number) => Add(name, number is { } given ? AddressParts.Write(given) : null);

        void Add(string name, string? value, bool escape = true)
        {
            if (value is not null)
                parts.Add($"{name}={(escape ? Uri.EscapeDataString(value) : value)}");
        }
    }

    private static OutlierCell ReadCell(Func<string, string?> value) => new(
        value("label"),
        value("predicted"),
        value("status") == "unscorable",
        value("positive"),
        AddressParts.Number(value("threshold")),
        Enum.GetValues<OutlierOutcome>().Cast<OutlierOutcome?>().FirstOrDefault(outcome => Word(outcome!.Value) == value("outcome")),
        value("rule") is { Length: > 0 } rule
            ? new CellChoice(
                rule,
                Word(value("judging"), PointJudging.Same),
                AddressParts.Number(value("holdout")) ?? CompareState.UsualHoldout,
                long.TryParse(value("seed"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : 0)
            : null);

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static TEnum Word<TEnum>(string? text, TEnum otherwise)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Append(otherwise).FirstOrDefault(value => Word(value) == text, otherwise);
}
