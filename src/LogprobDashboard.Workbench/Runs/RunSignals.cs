namespace LogprobDashboard.Workbench.Runs;

/// <summary>Says that something about some run was stored. Whoever stores it raises this, and it costs nothing while nobody listens.</summary>
internal sealed class RunSignals
{
    public event Action? Changed;

    public bool AreHeard => Changed is not null;

    public void Raise() => Changed?.Invoke();
}
