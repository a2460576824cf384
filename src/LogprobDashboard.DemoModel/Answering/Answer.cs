namespace LogprobDashboard.DemoModel.Answering;

/// <summary>What was generated: at each position the candidate tokens, likeliest (the chosen one) first. Stopped: the answer ended by itself.</summary>
internal sealed record Answer(string Text, IReadOnlyList<IReadOnlyList<TokenProbability>> Positions, bool Stopped);
