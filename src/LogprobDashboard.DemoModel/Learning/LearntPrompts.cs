using LogprobDashboard.DemoModel.Reading;

namespace LogprobDashboard.DemoModel.Learning;

/// <summary>What was learnt from the prompts that were used last, so that a run over many samples learns its prompt once. Bounded; thread-safe.</summary>
internal sealed class LearntPrompts(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, PromptModel Model)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, PromptModel Model)> _byUse = new();

    public PromptModel Get(PromptFrame frame)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(frame.Key, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Model;
            }
        }

        // Learning is pure: two threads that learn the same prompt at once get the same model.
        var model = new PromptModel(PromptReader.Read(frame));
        lock (_gate)
        {
            if (_nodes.TryAdd(frame.Key, new LinkedListNode<(string, PromptModel)>((frame.Key, model))))
                _byUse.AddFirst(_nodes[frame.Key]);
            if (_nodes.Count > capacity)
            {
                _nodes.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
        }

        return model;
    }
}
