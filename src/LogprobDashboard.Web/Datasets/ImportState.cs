using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>
/// Which upload the import page shows and what a person said about it: its query string, with the names that the HTTP API has for the same. What is left out is found out;
/// a blank column says that there is none. <see cref="For"/> is the draft of an experiment that waits for the dataset.
/// </summary>
public sealed record ImportState(string? Upload, string? For, string? Name, ReadingOptions Options)
{
    public static ImportState Default { get; } = new(null, null, null, new ReadingOptions());

    public string Address => AppRoutes.Import + ToQuery();

    public static ImportState Parse(string? upload, string? draft, string? name, ReadingOptions options, string? hasHeader) => new(
        Given(upload),
        Given(draft),
        Given(name),
        options with
        {
            Format = Given(options.Format),
            Encoding = Given(options.Encoding),
            Delimiter = string.IsNullOrEmpty(options.Delimiter) ? null : options.Delimiter,
            Quoting = Given(options.Quoting),
            HasHeader = hasHeader switch { "true" => true, "false" => false, _ => null },
            TextColumn = Given(options.TextColumn),
        });

    public ImportState WithName(string? name) => this with { Name = Given(name) };

    public ImportState WithEncoding(string? encoding) => this with { Options = Options with { Encoding = Given(encoding) } };

    /// <summary>Cut in another way the file has other columns: what was said about those that it had is forgotten.</summary>
    public ImportState WithFormat(string? format) => WithLayout(Options with { Format = Given(format) });

    public ImportState WithDelimiter(string? delimiter) => WithLayout(Options with { Delimiter = string.IsNullOrEmpty(delimiter) ? null : delimiter });

    public ImportState WithQuoting(string? quoting) => WithLayout(Options with { Quoting = Given(quoting) });

    public ImportState WithHeader(bool? hasHeader) => WithLayout(Options with { HasHeader = hasHeader });

    public ImportState WithRoles(ColumnRoles roles) => this with { Options = roles.ApplyTo(Options) };

    public ImportState WithoutColumns() => WithLayout(Options);

    /// <summary>Takes back what was said in one field of the reading.</summary>
    public ImportState Without(string field) => field switch
    {
        "format" => WithFormat(null),
        "encoding" => WithEncoding(null),
        "delimiter" => WithDelimiter(null),
        "quoting" => WithQuoting(null),
        "hasHeader" => WithHeader(null),
        _ => WithoutColumns(),
    };

    public string ToQuery()
    {
        var parts = new List<string>();
        Add("upload", Upload);
        Add("for", For);
        Add("name", Name);
        Add("format", Options.Format);
        Add("encoding", Options.Encoding);
        Add("delimiter", Options.Delimiter);
        Add("quoting", Options.Quoting);
        Add("hasHeader", Options.HasHeader switch { true => "true", false => "false", null => null });
        Add("textColumn", Options.TextColumn);
        Add("labelColumn", Options.LabelColumn);
        Add("sourceColumn", Options.SourceColumn);
        Add("idColumn", Options.IdColumn);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add(name + "=" + Uri.EscapeDataString(value));
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private ImportState WithLayout(ReadingOptions options) =>
        this with { Options = options with { TextColumn = null, LabelColumn = null, SourceColumn = null, IdColumn = null } };
}
