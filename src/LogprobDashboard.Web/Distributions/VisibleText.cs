using System.Globalization;
using System.Text;

namespace LogprobDashboard.Web.Distributions;

/// <summary>Text with what cannot be seen written out.</summary>
public static class VisibleText
{
    /// <summary>Leading and trailing spaces as ␣, line ends as ⏎, tabs as ⇥; other control and format characters by their code, <c>[U+200B]</c>.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        var first = text.Length - text.AsSpan().TrimStart(' ').Length;
        var last = text.AsSpan().TrimEnd(' ').Length;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == ' ' && (at < first || at >= last))
                shown.Append('␣');
            else if (rune.Value == '\n')
                shown.Append('⏎');
            else if (rune.Value == '\t')
                shown.Append('⇥');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else
                shown.Append(rune);
            at += rune.Utf16SequenceLength;
        }

        return shown.Length == 0 ? "(empty)" : shown.ToString();
    }

    /// <summary>The text as it is, or the start of a long one; written out only where nothing of it could be seen.</summary>
    public static string Inline(string text, int most = int.MaxValue)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Of(text);
        if (text.Length <= most)
            return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
    }
}
