using System.Text.Json.Serialization;

namespace LogprobDashboard.Workbench.Compare;

public enum CurveKind
{
    Pr,
    Roc,
    Calibration,
    RiskCoverage,
    EntropyHistogram,
    MarginHistogram,
}

/// <summary>A point of any curve; each kind fills its own fields and leaves out the others.</summary>
public sealed record CurveRecordPoint
{
    /// <summary>pr, roc: log odds; null at the curve's ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Threshold { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Precision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Recall { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FalsePositiveRate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TruePositiveRate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MeanProbability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ObservedRate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Coverage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Risk { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? From { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? To { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }
}

public sealed record CurveRecord(CurveKind Kind, string? PositiveLabel, IReadOnlyList<CurveRecordPoint> Points);
