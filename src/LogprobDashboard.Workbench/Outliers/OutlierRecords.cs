using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

public enum OutlierOrder
{
    Entropy,
    Margin,
    Coverage,
    Loss,
}

/// <summary>A likely reason why a sample stands out. <paramref name="RunIds"/> names the runs whose answers gave it; null where it was read off the text.</summary>
public sealed record OutlierReason(string Code, string Message, IReadOnlyList<string>? RunIds = null);

/// <summary>One sample in the ranking. <paramref name="Loss"/> is -ln p(true label); null where there is no true label of the set.</summary>
public sealed record OutlierRecord(int Rank, int Index, string? Id, string Text, string? Label, string? Source, double? Loss, ResultRecord Result, IReadOnlyList<OutlierReason> Reasons);

public sealed record OutlierList(OutlierOrder By, int Scored, IReadOnlyList<OutlierRecord> Items);
