namespace LogprobDashboard.Web.Runs;

/// <summary>What a person can have done to a run.</summary>
public enum RunAction
{
    Pause,
    Resume,
    Cancel,
    RetryFailed,
    Delete,
}
