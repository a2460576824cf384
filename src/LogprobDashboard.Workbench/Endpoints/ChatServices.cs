using Microsoft.SemanticKernel.ChatCompletion;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Semantic Kernel's services by address, model and key. It keeps the last few that were used and lets go of the others, and with them of their keys.
/// </summary>
internal sealed class ChatServices(Func<ChatServices.Key, IChatCompletionService> make, TimeProvider time)
{
    public const int Most = 32;

    private static readonly TimeSpan LongestUnused = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Entry> _entries = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    public IChatCompletionService For(CallTarget target)
    {
        var key = Key.Of(target);
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                LetGo();
                _entries.Add(key, entry = new Entry(make(key)));
            }

            entry.LastUsed = now;
            return entry.Service;
        }
    }

    /// <summary>A service that nothing keeps.</summary>
    public IChatCompletionService Once(CallTarget target) => make(Key.Of(target));

    private void LetGo()
    {
        foreach (var key in _entries.Where(entry => time.GetElapsedTime(entry.Value.LastUsed) > LongestUnused).Select(entry => entry.Key).ToList())
            _entries.Remove(key);
        if (_entries.Count >= Most)
            _entries.Remove(_entries.MinBy(entry => entry.Value.LastUsed).Key);
    }

    internal readonly record struct Key(string BaseUrl, string Model, string? ApiKey)
    {
        public static Key Of(CallTarget target) => new(target.Settings.BaseUrl, target.Settings.Model, target.ApiKey);

        /// <summary>Without the key, wherever it might be written to.</summary>
        public override string ToString() => $"{Model} at {BaseUrl}";
    }

    private sealed class Entry(IChatCompletionService service)
    {
        public IChatCompletionService Service { get; } = service;

        public long LastUsed { get; set; }
    }
}
