namespace LogprobDashboard.DemoModel.Answering;

/// <summary>A token that could come next, with its probability in (0, 1].</summary>
internal readonly record struct TokenProbability(string Token, double Probability)
{
    public double LogProbability => Math.Min(0, Math.Log(Probability));
}
