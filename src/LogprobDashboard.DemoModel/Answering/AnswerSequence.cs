namespace LogprobDashboard.DemoModel.Answering;

/// <summary>One whole answer that the model could give, as tokens, with its probability.</summary>
internal readonly record struct AnswerSequence(string[] Tokens, double Probability);
