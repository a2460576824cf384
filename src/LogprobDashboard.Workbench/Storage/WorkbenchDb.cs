using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>The one database. Entities and their configurations stand in the feature folders.</summary>
public sealed class WorkbenchDb(DbContextOptions<WorkbenchDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WorkbenchDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();

    private sealed class UtcTextConverter() : ValueConverter<DateTimeOffset, string>(time => UtcText.Format(time), text => UtcText.Parse(text));
}
