namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// What a person says about a file; null is "find out". A blank column name says that there is no such column.
/// </summary>
public sealed record ReadingOptions
{
    /// <summary>csv, tsv or jsonl.</summary>
    public string? Format { get; init; }

    /// <summary>A name that .NET knows: utf-8, utf-16le, windows-1251, shift_jis …</summary>
    public string? Encoding { get; init; }

    /// <summary>One character, or "tab".</summary>
    public string? Delimiter { get; init; }

    /// <summary>auto, csv or none.</summary>
    public string? Quoting { get; init; }

    public bool? HasHeader { get; init; }

    public string? TextColumn { get; init; }

    public string? LabelColumn { get; init; }

    public string? SourceColumn { get; init; }

    public string? IdColumn { get; init; }

    internal char? DelimiterCharacter() => Delimiter switch
    {
        null or "" => null,
        "tab" or "\\t" => '\t',
        [not ('"' or '\r' or '\n') and var character] => character,
        _ => throw UserErrorException.Field("delimiter", $"\"{Delimiter}\" cannot be a delimiter.", "Give one character, such as , ; | or \"tab\", or leave it out and it is detected."),
    };

    internal Quoting? QuotingChoice() => Quoting?.ToLowerInvariant() switch
    {
        null or "" or "auto" => null,
        "csv" => Datasets.Quoting.Csv,
        "none" => Datasets.Quoting.None,
        _ => throw UserErrorException.Field("quoting", $"\"{Quoting}\" is no way to take quotes.", "Give auto, csv or none."),
    };
}

/// <summary>How quotation marks are taken.</summary>
internal enum Quoting
{
    /// <summary>A cell that begins with a quote ends with one; a doubled quote in it is one; delimiters and line ends in it belong to it.</summary>
    Csv,

    /// <summary>As they stand.</summary>
    None,
}
