namespace LogprobDashboard.DemoModel;

/// <summary>One message of a chat; the role is one of system, developer, user and assistant.</summary>
internal readonly record struct ChatMessage(string Role, string Text)
{
    public bool IsUser => Role == "user";

    public bool IsAssistant => Role == "assistant";
}
