using System.Collections.Concurrent;

namespace LogprobDashboard.Workbench;

/// <summary>One at a time for each key. A lock is kept for as long as somebody holds or waits for it.</summary>
internal sealed class KeyedLocks<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    public async ValueTask<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        Entry entry;
        do
        {
            entry = _entries.GetOrAdd(key, _ => new Entry());
        }
        while (!entry.TryJoin());
        try
        {
            await entry.Semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Exit(() =>
            {
                entry.Semaphore.Release();
                Leave(key, entry);
            });
        }
        catch
        {
            Leave(key, entry);
            throw;
        }
    }

    private void Leave(TKey key, Entry entry)
    {
        if (entry.Leave())
            _entries.TryRemove(new KeyValuePair<TKey, Entry>(key, entry));
    }

    private sealed class Entry
    {
        private readonly Lock _lock = new();
        private int _users;
        private bool _closed;

        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public bool TryJoin()
        {
            lock (_lock)
            {
                if (_closed)
                    return false;
                _users++;
                return true;
            }
        }

        /// <returns>Whether nobody is left; nobody can join any more then.</returns>
        public bool Leave()
        {
            lock (_lock)
                return _closed = --_users == 0;
        }
    }

    private sealed class Exit(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
