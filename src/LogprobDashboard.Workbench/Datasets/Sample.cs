using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>One row of a dataset.</summary>
internal sealed class Sample
{
    public long DatasetId { get; set; }

    /// <summary>From 0, without gaps, in the order of the file; rows without text are no samples and take no index.</summary>
    public int Index { get; set; }

    /// <summary>The value of the id column, where there is one.</summary>
    public string? ExternalId { get; set; }

    public required string Text { get; set; }

    /// <summary>Null where the cell is empty or there is no label column.</summary>
    public string? Label { get; set; }

    public string? Source { get; set; }

    /// <summary>Every other column, as one JSON object of strings (JSONL: of JSON values); null where there is none.</summary>
    public string? Metadata { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Sample>
    {
        public void Configure(EntityTypeBuilder<Sample> builder)
        {
            builder.ToTable("Samples");
            builder.HasKey(sample => new { sample.DatasetId, sample.Index });
            builder.Property(sample => sample.Index).ValueGeneratedNever();
            builder.HasOne<Dataset>().WithMany().HasForeignKey(sample => sample.DatasetId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
