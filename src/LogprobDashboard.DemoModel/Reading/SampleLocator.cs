namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Finds the sample's text: in the last user message, the last block of text before the answer is asked for.</summary>
internal static class SampleLocator
{
    public static (string Sample, PromptFrame Frame) Locate(IReadOnlyList<ChatMessage> messages)
    {
        var last = messages.Count - 1;
        while (last > 0 && !messages[last].IsUser)
            last--;
        var text = messages[last].Text;
        var (start, end) = SampleBounds.Find(text, alone: last == 0);
        var frame = messages.ToArray();
        frame[last] = messages[last] with { Text = string.Concat(text.AsSpan(0, start), [PromptFrame.Slot], text.AsSpan(end)) };
        return (Cues.Unquote(text[start..end]), new PromptFrame(frame));
    }

    /// <summary>The text of an earlier user message, one that an assistant message answers.</summary>
    public static string TextOf(string message)
    {
        var (start, end) = SampleBounds.Find(message, alone: false);
        return Cues.Unquote(message[start..end]);
    }
}
