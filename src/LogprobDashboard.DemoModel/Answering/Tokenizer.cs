using System.Globalization;

namespace LogprobDashboard.DemoModel.Answering;

/// <summary>
/// Cuts text into tokens, left to right; the tokens joined are the text. A token is, with the one space before it if there is one:
/// a run of letters and combining marks of up to 8 (a longer run is cut into pieces of 5: "Portuguese" is <c>Portu|guese</c>, "billing" one token);
/// a run of up to 3 digits; or one other character (a surrogate pair is one). Letters of scripts that put no spaces between words are a token each.
/// </summary>
internal static class Tokenizer
{
    private const int WholeWord = 8;
    private const int Piece = 5;
    private const int Digits = 3;

    public static string[] Split(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = Next(text.AsSpan(at), InsideWord(text, at));
            tokens.Add(text.Substring(at, length));
            at += length;
        }

        return [.. tokens];
    }

    public static int Count(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; count++)
            at += Next(text.AsSpan(at), InsideWord(text, at));
        return count;
    }

    private static bool InsideWord(string text, int at) => at > 0 && IsWordLetter(text[at]) && IsWordLetter(text[at - 1]);

    private static int Next(ReadOnlySpan<char> text, bool insideWord)
    {
        var start = text[0] == ' ' && text.Length > 1 && !char.IsWhiteSpace(text[1]) ? 1 : 0;
        var first = text[start];
        if (IsWordLetter(first))
        {
            var run = 1;
            while (start + run < text.Length && IsWordLetter(text[start + run]))
                run++;
            return start + (run <= WholeWord && !insideWord ? run : Math.Min(run, Piece));
        }

        if (char.IsAsciiDigit(first))
        {
            var run = 1;
            while (run < Digits && start + run < text.Length && char.IsAsciiDigit(text[start + run]))
                run++;
            return start + run;
        }

        return start + (char.IsHighSurrogate(first) && start + 1 < text.Length && char.IsLowSurrogate(text[start + 1]) ? 2 : 1);
    }

    private static bool IsWordLetter(char c) =>
        char.IsAscii(c) ? char.IsAsciiLetter(c) : (char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        && !IsUnspaced(c);

    private static bool IsUnspaced(char c) => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u2E80' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');
}
