using LogprobDashboard.Workbench.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Makes the data directory and the database ready, before anything listens. One process owns the directory for as long as it lives.</summary>
internal sealed class WorkbenchStartup(IDbContextFactory<WorkbenchDb> contexts, DatasetsService datasets, IOptions<WorkbenchOptions> options) : IDisposable
{
    private const string LockFile = "in-use.lock";

    private FileStream? _ownership;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var directory = options.Value.DataDirectory;
        MakeDirectory(directory);
        MakeDirectory(options.Value.UploadsDirectory);
        MakeDirectory(options.Value.KeyRingDirectory);
        _ownership = TakeOwnership(directory);
        await MigrateAsync(cancellationToken).ConfigureAwait(false);
        await datasets.RemoveLeftoversAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _ownership?.Dispose();

    private static FileStream TakeOwnership(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(Path.Combine(directory, LockFile)) && exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new UserErrorException(
                UserErrorKind.Conflict,
                $"Another LogprobDashboard already uses the data directory {directory}.",
                "End that process, or give this one a directory of its own with LogprobDashboard:DataDirectory.");
        }
    }

    private static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);

        // A process that was killed while migrating leaves a row on which the next one would wait for ever; this process alone holds the directory.
        if (File.Exists(options.Value.DatabasePath))
            await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken).ConfigureAwait(false);
        await db.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }
}
