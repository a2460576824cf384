using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Something that is done once in the life of a database, and was.</summary>
internal sealed class Marker
{
    public required string Name { get; set; }

    public DateTimeOffset SetAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Marker>
    {
        public void Configure(EntityTypeBuilder<Marker> builder)
        {
            builder.ToTable("Markers");
            builder.HasKey(marker => marker.Name);
        }
    }
}
