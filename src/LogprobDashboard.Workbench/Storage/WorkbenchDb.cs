using System.Globalization;
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

    /// <summary>ISO-8601 in UTC with a fixed width, so that the text sorts as the time does (SQLite cannot order a DateTimeOffset).</summary>
    private sealed class UtcTextConverter() : ValueConverter<DateTimeOffset, string>(
        time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
