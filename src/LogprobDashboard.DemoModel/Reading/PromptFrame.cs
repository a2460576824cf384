namespace LogprobDashboard.DemoModel.Reading;

/// <summary>A prompt without the sample's text: what stays the same from sample to sample, and all that the model may learn from.</summary>
internal sealed class PromptFrame(IReadOnlyList<ChatMessage> messages)
{
    /// <summary>Stands where the sample's text was.</summary>
    public const char Slot = '\uE000';

    public IReadOnlyList<ChatMessage> Messages { get; } = messages;

    /// <summary>Two frames with the same key teach the same.</summary>
    public string Key { get; } = string.Join('\u0001', messages.Select(message => message.Role + '\u0002' + message.Text));
}
