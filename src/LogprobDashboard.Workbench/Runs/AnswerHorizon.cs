using System.Globalization;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// From which stored answer on answers may be reused. Emptying the cache moves it behind the last one: results keep the answers that they refer to,
/// and whatever is asked from then on is asked anew. Kept as a marker whose name ends in the number, and read once.
/// </summary>
internal sealed class AnswerHorizon(IDbContextFactory<WorkbenchDb> contexts)
{
    private const string MarkerName = "answers-not-reused-up-to:";

    private State? _state;

    /// <summary>The last answer that is not reused; 0 where all are.</summary>
    public long Last => Known().Last;

    /// <summary>When the cache was last emptied; null: never.</summary>
    public DateTimeOffset? Since => Known().Since;

    /// <summary>Moves it, in the transaction of <paramref name="db"/>; in force once <see cref="Set"/> was called after the commit.</summary>
    public static async Task MoveAsync(WorkbenchDb db, long last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Set<Marker>().Where(marker => marker.Name.StartsWith(MarkerName)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        db.Add(new Marker { Name = string.Create(CultureInfo.InvariantCulture, $"{MarkerName}{last}"), SetAt = now });
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Set(long last, DateTimeOffset now) => Volatile.Write(ref _state, new State(last, now));

    private State Known()
    {
        if (Volatile.Read(ref _state) is { } known)
            return known;
        using var db = contexts.CreateDbContext();
        var marker = db.Set<Marker>().AsNoTracking().FirstOrDefault(marker => marker.Name.StartsWith(MarkerName));
        var state = marker is null ? new State(0, null) : new State(long.Parse(marker.Name.AsSpan(MarkerName.Length), NumberStyles.None, CultureInfo.InvariantCulture), marker.SetAt);
        return Interlocked.CompareExchange(ref _state, state, null) ?? state; // one that was set meanwhile is newer
    }

    private sealed record State(long Last, DateTimeOffset? Since);
}
