using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>For <c>dotnet ef migrations add</c>; the path is never opened.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<WorkbenchDb>
{
    public WorkbenchDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<WorkbenchDb>();
        StorageRegistration.Configure(options, "design-time.db");
        return new WorkbenchDb(options.Options);
    }
}
