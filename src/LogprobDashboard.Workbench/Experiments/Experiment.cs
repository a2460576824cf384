using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>A dataset, a label set with label words, a positive label, prompt variants and their runs.</summary>
internal sealed class Experiment
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public long DatasetId { get; set; }

    public long? EndpointId { get; set; }

    public IReadOnlyList<ExperimentLabel> Labels { get; set; } = [];

    public required string PositiveLabel { get; set; }

    /// <summary>Counts up whenever labels or label words change; stored results were read with this revision.</summary>
    public int LabelRevision { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Experiment>
    {
        public void Configure(EntityTypeBuilder<Experiment> builder)
        {
            builder.ToTable("Experiments");
            builder.Property(experiment => experiment.Labels).IsJson();
            builder.HasOne<Dataset>().WithMany().HasForeignKey(experiment => experiment.DatasetId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<EndpointEntity>().WithMany().HasForeignKey(experiment => experiment.EndpointId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
