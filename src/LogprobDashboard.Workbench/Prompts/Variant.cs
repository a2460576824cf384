using LogprobDashboard.Workbench.Experiments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A named prompt. Its words stand in its versions.</summary>
internal sealed class Variant
{
    public long Id { get; set; }

    public long ExperimentId { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<VariantVersion> Versions { get; set; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Variant>
    {
        public void Configure(EntityTypeBuilder<Variant> builder)
        {
            builder.ToTable("Variants");
            builder.HasIndex(variant => new { variant.ExperimentId, variant.Name }).IsUnique();
            builder.HasOne<Experiment>().WithMany().HasForeignKey(variant => variant.ExperimentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>The words of a variant at one time; never changed.</summary>
internal sealed class VariantVersion
{
    public long Id { get; set; }

    public long VariantId { get; set; }

    /// <summary>From 1, counting up within the variant.</summary>
    public int Number { get; set; }

    public string? System { get; set; }

    public required string User { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<VariantVersion>
    {
        public void Configure(EntityTypeBuilder<VariantVersion> builder)
        {
            builder.ToTable("VariantVersions");
            builder.HasIndex(version => new { version.VariantId, version.Number }).IsUnique();
            builder.HasOne<Variant>().WithMany(variant => variant.Versions).HasForeignKey(version => version.VariantId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
