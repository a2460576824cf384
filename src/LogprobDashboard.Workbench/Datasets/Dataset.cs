using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Rows of text, perhaps a label, perhaps a source. Immutable once imported, known by its content hash.</summary>
internal sealed class Dataset
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>"sha256:" and the hexadecimal hash of the file's bytes.</summary>
    public required string ContentHash { get; set; }

    public required string FileName { get; set; }

    public long FileBytes { get; set; }

    public required string Format { get; set; }

    public required string Encoding { get; set; }

    public string? Delimiter { get; set; }

    public string? Quoting { get; set; }

    public bool? HasHeader { get; set; }

    public int RowCount { get; set; }

    public IReadOnlyList<string> Columns { get; set; } = [];

    public required string TextColumn { get; set; }

    public string? LabelColumn { get; set; }

    public string? SourceColumn { get; set; }

    public string? IdColumn { get; set; }

    public IReadOnlyList<LabelCount> Labels { get; set; } = [];

    public IReadOnlyList<SourceCount> Sources { get; set; } = [];

    public IReadOnlyList<ImportWarning> Warnings { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null while rows are still being written; such a dataset is shown nowhere and removed at the next start.</summary>
    public DateTimeOffset? ImportedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Dataset>
    {
        public void Configure(EntityTypeBuilder<Dataset> builder)
        {
            builder.ToTable("Datasets");
            builder.Property(dataset => dataset.Columns).IsJson();
            builder.Property(dataset => dataset.Labels).IsJson();
            builder.Property(dataset => dataset.Sources).IsJson();
            builder.Property(dataset => dataset.Warnings).IsJson();
        }
    }
}
