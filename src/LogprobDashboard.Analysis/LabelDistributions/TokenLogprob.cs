namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>One token and its log probability as they came off the wire, unchanged.</summary>
/// <param name="Token">The token's text as the server spells it; tokenizer marks such as <c>Ġ</c> may still stand in it.</param>
/// <param name="LogProbability">The server's <c>logprob</c>, a natural logarithm; null where none was sent. Whether it is usable is decided by
/// <see cref="UsableLogProbability"/>.</param>
/// <param name="Utf8Bytes">The server's <c>bytes</c>; null where none were sent. An empty list beside a non-empty token (some servers send that) counts as not
/// sent.</param>
public sealed record TokenLogprob(string Token, double? LogProbability, ReadOnlyMemory<byte>? Utf8Bytes = null)
{
    /// <summary>
    /// True where both are the same vocabulary entry, log probability aside: equal text, and equal bytes where both carry bytes
    /// (two tokens that are each part of one character may share the text <c>U+FFFD</c> and differ in their bytes). Never throws.
    /// </summary>
    public bool IsSameToken(TokenLogprob? other) =>
        other is not null
        && string.Equals(Token, other.Token, StringComparison.Ordinal)
        && (Utf8Bytes is not { Length: > 0 } mine
            || other.Utf8Bytes is not { Length: > 0 } theirs
            || mine.Span.SequenceEqual(theirs.Span));
}
