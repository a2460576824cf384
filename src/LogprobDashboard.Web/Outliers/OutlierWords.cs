using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>How signals, quantiles and reasons are called.</summary>
public static class OutlierWords
{
    public static IReadOnlyList<OutlierOrder> Signals { get; } = [OutlierOrder.Entropy, OutlierOrder.Margin, OutlierOrder.Coverage, OutlierOrder.Loss];

    public static string Name(OutlierOrder by) => by switch
    {
        OutlierOrder.Margin => "log margin",
        OutlierOrder.Coverage => "coverage",
        OutlierOrder.Loss => "loss",
        _ => "predictive entropy",
    };

    public static string Title(OutlierOrder by) => Capital(Name(by));

    public static string Axis(OutlierOrder by) => by switch
    {
        OutlierOrder.Margin => "log margin, first over second label",
        OutlierOrder.Coverage => "coverage, probability on label words",
        OutlierOrder.Loss => "loss, \u2212ln p(true label)",
        _ => "predictive entropy, nats",
    };

    public static string Hint(OutlierOrder by) => by switch
    {
        OutlierOrder.Margin => "ln of the likeliest label's mass over the next one's: low is unsure",
        OutlierOrder.Coverage => "Probability of the tokens that stand for a label: low means that the model wants to say something else",
        OutlierOrder.Loss => "-ln p(true label): high is confidently wrong, or wrongly labelled",
        _ => "Entropy over the labels: high is unsure",
    };

    /// <summary>Before a number: "H 0.693".</summary>
    public static string Symbol(OutlierOrder by) => by switch
    {
        OutlierOrder.Margin => "margin",
        OutlierOrder.Coverage => "coverage",
        OutlierOrder.Loss => "loss",
        _ => "H",
    };

    /// <summary>A signal's value: three decimals, in more of them where three would read 1 for what is below it.</summary>
    public static string Value(OutlierOrder by, double? value) => value is { } v && by == OutlierOrder.Coverage && v is < 1 and > 0.999 ? Figures.Decimals(v, 5) : Figures.Score(value);

    public static string SideOf(OutliersRequest request) => request.LowIsStrange ? "below" : "above";

    /// <summary>"95 %", "99.5 %".</summary>
    public static string Percent(double quantile) => (100m * (decimal)quantile).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A reason's code as words.</summary>
    public static string Reason(string code) => code switch
    {
        "noLanguage" => "no letters",
        "veryShort" => "very short",
        "mojibake" => "wrong encoding",
        "controlCharacters" => "control characters",
        "invisibleCharacters" => "invisible characters",
        "mixedScripts" => "mixed scripts",
        "unscorable" => "unscorable",
        "labelDisagrees" => "label disagrees",
        "lowCoverage" => "low coverage",
        "censored" => "censored label",
        "answerMismatch" => "answer mismatch",
        "runsDisagree" => "runs disagree",
        _ => code,
    };
}
