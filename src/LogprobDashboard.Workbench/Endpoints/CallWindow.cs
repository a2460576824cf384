namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// How many calls an endpoint takes at once, as far as it has shown: all that its limit allows at first, half as many after a rate limit or a
/// time-out, one more after every two windows full of answers. Whoever holds it takes care that one thread at a time does.
/// </summary>
internal sealed class CallWindow(int most)
{
    private const double AnswersForOneMore = 2;

    private double _size = most;

    public int Most { get; private set; } = most;

    public int Size => (int)_size;

    public bool IsSlowed => Size < Most;

    /// <summary>Counts the times that it became smaller. A call that began before the last time tells nothing new.</summary>
    public int Generation { get; private set; }

    /// <summary>Another limit: a window at its full size keeps to it, a smaller one stays where it is.</summary>
    public void Limit(int to)
    {
        _size = IsSlowed ? Math.Min(_size, to) : to;
        Most = to;
    }

    /// <summary>After a call that began in <paramref name="generation"/> was too much for the endpoint.</summary>
    public void Shrink(int generation, int underWay)
    {
        if (generation != Generation)
            return;
        _size = Math.Max(1, Math.Min(Size, underWay) / 2);
        Generation++;
    }

    /// <summary>After a call that was answered; a window that is not used up shows nothing.</summary>
    public void Grow(int underWay)
    {
        if (IsSlowed && underWay >= Size)
            _size = Math.Min(Most, _size + 1 / (AnswersForOneMore * _size));
    }
}
