using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Start;

/// <summary>
/// An experiment that is being set up. It names its dataset and endpoint without a foreign key: a draft holds nothing back from being deleted, and says so when it is gone.
/// </summary>
internal sealed class ExperimentDraft
{
    public long Id { get; set; }

    /// <summary>Counts up with every change: who saves says which version it was made from.</summary>
    public int Version { get; set; }

    public DraftContent Content { get; set; } = new();

    /// <summary>The experiment was made; its first run is still to be started.</summary>
    public long? ExperimentId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DraftRecord ToRecord() => new(Ids.Format(Id), Version, Content, Ids.Format(ExperimentId), CreatedAt, ChangedAt);

    internal sealed class Configuration : IEntityTypeConfiguration<ExperimentDraft>
    {
        public void Configure(EntityTypeBuilder<ExperimentDraft> builder)
        {
            builder.ToTable("ExperimentDrafts");
            builder.Property(draft => draft.Content).IsJson();
        }
    }
}
