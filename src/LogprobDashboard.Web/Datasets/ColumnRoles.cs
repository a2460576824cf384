using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>What a column is taken for.</summary>
public enum ColumnRole
{
    Metadata,
    Text,
    Label,
    Source,
    Id,
}

/// <summary>Which column has which role; every other one is metadata. Null where no column has it.</summary>
public sealed record ColumnRoles(string? Text, string? Label, string? Source, string? Id)
{
    public static IReadOnlyList<ColumnRole> All { get; } = [ColumnRole.Text, ColumnRole.Label, ColumnRole.Source, ColumnRole.Id, ColumnRole.Metadata];

    /// <summary>As the file was read; where that failed, as far as a person said and the file has such columns.</summary>
    public static ColumnRoles Of(ReadingPreview preview, ReadingOptions options)
    {
        if (preview.TextColumn is not null)
            return new ColumnRoles(preview.TextColumn, preview.LabelColumn, preview.SourceColumn, preview.IdColumn);
        return new ColumnRoles(There(options.TextColumn), There(options.LabelColumn), There(options.SourceColumn), There(options.IdColumn));

        string? There(string? column) => column is not null && preview.Columns.Contains(column, StringComparer.Ordinal) ? column : null;
    }

    public string? ColumnOf(ColumnRole role) => role switch
    {
        ColumnRole.Text => Text,
        ColumnRole.Label => Label,
        ColumnRole.Source => Source,
        ColumnRole.Id => Id,
        _ => null,
    };

    public ColumnRole RoleOf(string column) => All.FirstOrDefault(role => ColumnOf(role) == column);

    /// <summary>The text must stay somewhere: its column takes another role only in exchange.</summary>
    public bool CanTake(string column, ColumnRole role) => column != Text || role == ColumnRole.Text || ColumnOf(role) is not null;

    /// <summary>Gives a column a role; the column that had it takes the other's former one, so that two that were mistaken for each other are set right at once.</summary>
    public ColumnRoles Assign(string column, ColumnRole role)
    {
        var former = RoleOf(column);
        return former == role || !CanTake(column, role) ? this : With(former, ColumnOf(role)).With(role, column);
    }

    /// <summary>Leaves a role to no column. The text's cannot be left.</summary>
    public ColumnRoles Without(ColumnRole role) => role == ColumnRole.Text ? this : With(role, null);

    /// <summary>All four are said then, so that none of them is found anew when the file is read again.</summary>
    public ReadingOptions ApplyTo(ReadingOptions options) => options with { TextColumn = Text, LabelColumn = Label ?? "", SourceColumn = Source ?? "", IdColumn = Id ?? "" };

    private ColumnRoles With(ColumnRole role, string? column) => role switch
    {
        ColumnRole.Text => this with { Text = column },
        ColumnRole.Label => this with { Label = column },
        ColumnRole.Source => this with { Source = column },
        ColumnRole.Id => this with { Id = column },
        _ => this,
    };
}
