namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>An answer that came in parts: server-sent events (<c>data: {…}</c>), or one JSON object a line.</summary>
internal static class StreamedBody
{
    /// <summary>The JSON of each part; null where the body is no stream.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> body)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var rest = body; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = Trim(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.StartsWith("data:"u8))
                line = Trim(line[5..]);
            else if (IsOtherField(line.Span))
                continue;
            if (line.Length == 0 || line.Span.SequenceEqual("[DONE]"u8))
                continue;
            if (line.Span[0] != '{')
                return null;
            parts.Add(line);
        }

        // One part alone that is not whole is a body that was cut off.
        return parts.Count > 1 || Trim(body).Span.StartsWith("data:"u8) || IsOtherField(Trim(body).Span) ? parts : null;
    }

    public static ReceivedAnswer Join(ReceivedAnswer? before, ReceivedAnswer part) => before is null ? part : new ReceivedAnswer(
        part.Positions.Count == 0 ? before.Positions : [.. before.Positions, .. part.Positions],
        before.Text + part.Text,
        part.FinishReason ?? before.FinishReason,
        string.IsNullOrEmpty(before.ServedModel) ? part.ServedModel : before.ServedModel,
        part.PromptTokens ?? before.PromptTokens,
        part.CompletionTokens ?? before.CompletionTokens,
        before.Reasoned || part.Reasoned);

    private static bool IsOtherField(ReadOnlySpan<byte> line) =>
        line.StartsWith(":"u8) || line.StartsWith("event:"u8) || line.StartsWith("id:"u8) || line.StartsWith("retry:"u8);

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var start = 0;
        while (start < span.Length && span[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            start++;
        var end = span.Length;
        while (end > start && span[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            end--;
        return text[start..end];
    }
}
