using System.Globalization;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Web.Compare;

/// <summary>A compare page's state as a query string, and back.</summary>
internal static class CompareAddress
{
    /// <summary>Every part that an address may have.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "runs", "positive", "rule", "threshold", "thresholds", "judging", "holdout", "seed", "chart", "layout", "bands", "f1", "bins", "sure",
        "zoom", "off", "matrix", "baseline", "by", "slice", "abstain", "detail", "calibrator", "of", "error",
    ];

    /// <summary>All but the rule and the common threshold.</summary>
    public static CompareState Read(Func<string, string?> value) => CompareState.Default with
    {
        Runs = AddressParts.Split(value("runs")),
        Positive = value("positive"),
        Thresholds = AddressParts.ReadThresholds(value("thresholds")),
        Judging = Choice<PointJudging>(value("judging")),
        Holdout = AddressParts.Number(value("holdout")) ?? CompareState.UsualHoldout,
        Seed = long.TryParse(value("seed"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : 0,
        Chart = Choice<CompareChart>(value("chart")),
        Layout = Choice<CompareLayout>(value("layout")),
        Bands = value("bands") == "1",
        EqualF1 = value("f1") == "1",
        EqualWidth = value("bins") == "width",
        ByMargin = value("sure") == "margin",
        Zoom = AddressParts.ReadZoom(value("zoom")),
        Hidden = AddressParts.Split(value("off")),
        Matrix = value("matrix"),
        Baseline = value("baseline"),
        By = value("by"),
        Slice = value("slice"),
        Abstain = AddressParts.Number(value("abstain")),
        Detail = Choice<CompareDetail>(value("detail")),
        Calibrator = Choice<Calibrator>(value("calibrator")),
        OfLabel = value("of") == "label",
        Error = AddressParts.Number(value("error")) ?? CalibrationRequest.UsualErrorRate,
    };

    public static string Write(CompareState state)
    {
        var parts = new List<string>();
        Add("runs", string.Join(',', state.Runs));
        AddWords("positive", state.Positive);
        Add("rule", state.Rule == CompareRule.Default ? "" : state.Rule.ToString());
        AddNumber("threshold", state.Threshold);
        Add("thresholds", string.Join(',', state.Thresholds.Select(run => $"{run.Key}:{AddressParts.Write(run.Value)}")));
        Add("judging", Text(state.Judging));
        AddNumber("holdout", state.Holdout == CompareState.UsualHoldout ? null : state.Holdout);
        Add("seed", state.Seed == 0 ? "" : state.Seed.ToString(CultureInfo.InvariantCulture));
        Add("chart", Text(state.Chart));
        Add("layout", Text(state.Layout));
        Add("bands", state.Bands ? "1" : "");
        Add("f1", state.EqualF1 ? "1" : "");
        Add("bins", state.EqualWidth ? "width" : "");
        Add("sure", state.ByMargin ? "margin" : "");
        Add("zoom", state.Zoom is { } zoom ? string.Join(',', new[] { zoom.XMin, zoom.XMax, zoom.YMin, zoom.YMax }.Select(AddressParts.Write)) : "");
        Add("off", string.Join(',', state.Hidden));
        Add("matrix", state.Matrix ?? "");
        Add("baseline", state.Baseline ?? "");
        AddWords("by", state.By);
        AddWords("slice", state.Slice);
        AddNumber("abstain", state.Abstain);
        Add("detail", Text(state.Detail));
        Add("calibrator", Text(state.Calibrator));
        Add("of", state.OfLabel ? "label" : "");
        AddNumber("error", state.Error == CalibrationRequest.UsualErrorRate ? null : state.Error);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string text)
        {
            if (text.Length > 0)
                parts.Add($"{name}={text.Replace("+", "%2B", StringComparison.Ordinal)}"); // a plus sign in a query is a space
        }

        void AddWords(string name, string? text) => Add(name, Uri.EscapeDataString(text ?? ""));

        void AddNumber(string name, double? number) => Add(name, number is { } given ? AddressParts.Write(given) : "");
    }

    /// <summary>The name in lower camel case; the first choice is the default, and is left out.</summary>
    private static string Text<T>(T choice)
        where T : struct, Enum =>
        Convert.ToInt32(choice, CultureInfo.InvariantCulture) == 0 ? "" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(choice.ToString());

    private static T Choice<T>(string? text)
        where T : struct, Enum =>
        Enum.GetValues<T>().FirstOrDefault(choice => Text(choice) is { Length: > 0 } name && name == text);
}
