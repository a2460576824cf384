using System.Diagnostics.CodeAnalysis;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Several lines before one door: they take turns, one each, however long each of them is. Not safe for several threads.</summary>
internal sealed class FairQueue<T>
{
    private readonly Dictionary<long, Queue<T>> _lines = [];
    private readonly Queue<long> _turns = new();

    public void Enqueue(long line, T item)
    {
        if (!_lines.TryGetValue(line, out var waiting))
        {
            _lines[line] = waiting = new Queue<T>();
            _turns.Enqueue(line);
        }

        waiting.Enqueue(item);
    }

    public bool IsEmpty => _turns.Count == 0;

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (!_turns.TryDequeue(out var line))
        {
            item = default;
            return false;
        }

        var waiting = _lines[line];
        item = waiting.Dequeue();
        if (waiting.Count > 0)
            _turns.Enqueue(line);
        else
            _lines.Remove(line);
        return true;
    }
}
