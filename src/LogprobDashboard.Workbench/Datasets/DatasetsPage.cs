namespace LogprobDashboard.Workbench.Datasets;

/// <summary>The order of a list of datasets: names ascending, everything else the largest or newest first.</summary>
public enum DatasetsSort
{
    Newest,
    Name,
    Rows,
    Size,
    Used,
}

/// <summary>Which datasets a page of them shows. <paramref name="Search"/> is a part of the name, whatever its case; <paramref name="Page"/> counts from 1.</summary>
public sealed record DatasetsFilter(string? Search, DatasetsSort Sort, int Page, int Take);

/// <summary>A dataset in a list. Labels and sources are null where it has no such column; at most a thousand are counted.</summary>
public sealed record DatasetOverview(
    string Id,
    string Name,
    int RowCount,
    int? LabelCount,
    int? SourceCount,
    string FileName,
    long FileBytes,
    int WarningCount,
    int ExperimentCount,
    DateTimeOffset CreatedAt);

/// <summary>One page of the datasets that match; <paramref name="All"/> counts those that do not, too.</summary>
public sealed record DatasetsPage(IReadOnlyList<DatasetOverview> Items, int Page, int Found, int All);

/// <summary>One page of the samples that match.</summary>
public sealed record SamplesPage(IReadOnlyList<SampleRecord> Items, int Page, int Found);

/// <summary>An experiment that uses a dataset.</summary>
public sealed record DatasetUse(string ExperimentId, string Name);
