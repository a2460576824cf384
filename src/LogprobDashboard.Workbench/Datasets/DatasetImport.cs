using System.Threading.Channels;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>How far an import is.</summary>
public sealed record ImportProgress(long BytesRead, long Bytes, int Rows);

/// <summary>
/// The third stage of an import: one thread parses, another inserts, a short queue of batches between them, so that memory stays the same however long the file is.
/// </summary>
internal sealed class DatasetImport(WorkbenchDb db, WriteGate gate, Reading reading, long datasetId, IProgress<ImportProgress>? progress)
{
    private const int BatchRows = 2_000;
    private const int BatchCharacters = 1024 * 1024;
    private const int QueuedBatches = 3;

    private readonly Channel<Batch> _queue = Channel.CreateBounded<Batch>(new BoundedChannelOptions(QueuedBatches) { SingleReader = true, SingleWriter = true });

    public async Task<int> RunAsync(SampleRows rows, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parsing = Task.Run(() => ParseAsync(rows, stop.Token), CancellationToken.None);
        try
        {
            return await InsertAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await parsing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ParseAsync(SampleRows rows, CancellationToken cancellationToken)
    {
        try
        {
            while (Fill(rows) is { Rows.Count: > 0 } batch)
                await _queue.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            _queue.Writer.Complete();
        }
        catch (Exception failure)
        {
            // The inserting side, which is waited for, throws it on.
            _queue.Writer.Complete(failure);
        }
    }

    private static Batch Fill(SampleRows rows)
    {
        var batch = new List<SampleRow>(BatchRows);
        var characters = 0L;
        while (batch.Count < BatchRows && characters < BatchCharacters && rows.TryRead(out var row))
        {
            batch.Add(row);
            characters += row.Text.Length + (row.Metadata?.Length ?? 0);
        }
        return new Batch(batch, rows.Position);
    }

    private async Task<int> InsertAsync(CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        using var insert = new SampleInsert((SqliteConnection)db.Database.GetDbConnection(), datasetId);
        var index = 0;
        await foreach (var batch in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
                insert.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Rows), index);
            index += batch.Rows.Count;
            progress?.Report(new ImportProgress(batch.Position, reading.File.File.Bytes, index));
        }
        return index;
    }

    private sealed record Batch(List<SampleRow> Rows, long Position);
}
