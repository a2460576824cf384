using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>A line of a run's log: a change of its state or something that a person should know, with its time.</summary>
internal sealed class RunEvent
{
    public long Id { get; set; }

    public long RunId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The state that the run came into; null for a note.</summary>
    public RunStatus? Status { get; set; }

    public string? Message { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RunEvent>
    {
        public void Configure(EntityTypeBuilder<RunEvent> builder)
        {
            builder.ToTable("RunEvents");
            builder.Property(entry => entry.Status).HasConversion<string>();
            builder.HasIndex(entry => entry.RunId);
            builder.HasOne<Run>().WithMany().HasForeignKey(entry => entry.RunId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
