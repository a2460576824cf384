using LogprobDashboard.Workbench.Experiments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>A read-only link to a view of an experiment. Its token is nowhere: only the hash of it is kept.</summary>
internal sealed class ShareLink
{
    public long Id { get; set; }

    public long ExperimentId { get; set; }

    /// <summary>SHA-256 of the token's characters.</summary>
    public required byte[] TokenHash { get; set; }

    public string? Name { get; set; }

    /// <summary>The query of the view, with its question mark; empty where everything is at its default.</summary>
    public required string View { get; set; }

    /// <summary>The document as it was when it was shared, compressed by Brotli; null where the link shows the numbers of the day.</summary>
    public byte[]? Document { get; set; }

    public bool IncludesTexts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public int TimesOpened { get; set; }

    public DateTimeOffset? LastOpenedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ShareLink>
    {
        public void Configure(EntityTypeBuilder<ShareLink> builder)
        {
            builder.ToTable("ShareLinks");
            builder.HasIndex(link => link.TokenHash).IsUnique();
            builder.HasOne<Experiment>().WithMany().HasForeignKey(link => link.ExperimentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
