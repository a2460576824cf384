using System.Globalization;
using System.Text;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Why a sample may stand out, as a set. The first six are read off its text and fit a byte.</summary>
[Flags]
internal enum ReasonCodes : ushort
{
    None = 0,
    NoLanguage = 1,
    VeryShort = 1 << 1,
    Mojibake = 1 << 2,
    ControlCharacters = 1 << 3,
    InvisibleCharacters = 1 << 4,
    MixedScripts = 1 << 5,
    Unscorable = 1 << 6,
    LabelDisagrees = 1 << 7,
    LowCoverage = 1 << 8,
    Censored = 1 << 9,
    AnswerMismatch = 1 << 10,
    RunsDisagree = 1 << 11,
}

/// <summary>Reads likely reasons off a text. Each is a hint for a person, not a verdict.</summary>
internal static class TextReasons
{
    private const int FewWords = 3;
    private const double ShareOfSecondScript = 0.1;
    private const int Scripts = 10;

    public static ReasonCodes Of(string text)
    {
        Span<int> scripts = stackalloc int[Scripts];
        var (letters, invisible) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                letters = true;
                scripts[Script(rune)]++;
            }
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D))
            {
                invisible = true;
            }
        }

        var reasons = !letters ? ReasonCodes.NoLanguage : HasFewWords(text) ? ReasonCodes.VeryShort : ReasonCodes.None;
        if (text.Contains('\uFFFD') || TextFaults.LooksLikeMojibake(text))
            reasons |= ReasonCodes.Mojibake;
        if (TextFaults.HasControlCharacters(text))
            reasons |= ReasonCodes.ControlCharacters;
        if (invisible)
            reasons |= ReasonCodes.InvisibleCharacters;
        return AreMixed(scripts) ? reasons | ReasonCodes.MixedScripts : reasons;
    }

    private static bool HasFewWords(string text)
    {
        var (words, inside) = (0, false);
        foreach (var character in text)
        {
            var isSpace = char.IsWhiteSpace(character);
            if (!isSpace && !inside && ++words > FewWords)
                return false;
            inside = !isSpace;
        }

        return true;
    }

    /// <summary>The second most frequent script has a tenth of the letters of both. Letters of no known script, in place 0, do not count.</summary>
    private static bool AreMixed(Span<int> scripts)
    {
        var (first, second) = (0, 0);
        foreach (var count in scripts[1..])
            (first, second) = count > first ? (count, first) : (first, Math.Max(second, count));
        return second > 0 && second >= ShareOfSecondScript * (first + second);
    }

    private static int Script(Rune letter) => letter.Value switch
    {
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => 1,
        >= 0x0370 and < 0x0400 => 2,
        >= 0x0400 and < 0x0530 => 3,
        >= 0x0590 and < 0x0600 => 4,
        >= 0x0600 and < 0x0780 => 5,
        >= 0x0900 and < 0x0E00 => 6,
        >= 0x0E00 and < 0x0E80 => 7,
        (>= 0x3040 and < 0x3100) or (>= 0x3400 and < 0xA000) => 8,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) => 9,
        _ => 0,
    };
}
