namespace LogprobDashboard.DemoModel.Wire;

/// <summary>What the demo model takes from a chat completion request. No limit on the answer is <see cref="int.MaxValue"/>.</summary>
internal sealed record ChatRequest(IReadOnlyList<ChatMessage> Messages, int MaxTokens, bool Logprobs, int TopLogprobs);
