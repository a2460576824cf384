using System.Globalization;

namespace LogprobDashboard.DemoModel.Learning;

/// <summary>Measures the traits of a text, each from 0 (none) to 1 (as much as matters).</summary>
internal static class Traits
{
    public const int Count = (int)Trait.Diacritics + 1;

    public static double[] Measure(ReadOnlySpan<char> text)
    {
        var counts = new int[Count];
        int letters = 0, upper = 0, digitRun = 0, shouted = 0, upperRun = 0;
        foreach (var c in text)
        {
            digitRun = char.IsAsciiDigit(c) ? digitRun + 1 : c is ' ' or '-' or '.' ? digitRun : 0;
            if (digitRun >= 5)
                counts[(int)Trait.LongNumber] = 1;
            upperRun = char.IsUpper(c) ? upperRun + 1 : 0;
            shouted += upperRun == 3 ? 3 : upperRun > 3 ? 1 : 0;
            upper += char.IsUpper(c) ? 1 : 0;
            if (Classify(c) is { } trait)
                counts[(int)trait]++;
            if (char.IsLetter(c))
            {
                letters++;
                counts[(int)Script(c)]++;
                counts[(int)Trait.Diacritics] += c is >= '\u00C0' and < '\u0370' ? 1 : 0;
            }
        }

        var length = Math.Max(1, text.Length);
        var traits = new double[Count];
        for (var i = (int)Trait.Latin; i < Count; i++)
            traits[i] = letters == 0 ? 0 : (double)counts[i] / letters;
        traits[(int)Trait.Diacritics] = Math.Min(1, 8 * traits[(int)Trait.Diacritics]);
        Set(Trait.Digits, 6.0 * counts[(int)Trait.Digits] / length);
        Set(Trait.LongNumber, counts[(int)Trait.LongNumber]);
        Set(Trait.Currency, counts[(int)Trait.Currency]);
        Set(Trait.Link, HasLink(text) ? 1 : 0);
        Set(Trait.Capitals, letters == 0 ? 0 : (4.0 * shouted / letters) + (upper > 6 ? 0.5 * upper / letters : 0));
        Set(Trait.Exclamation, counts[(int)Trait.Exclamation] / 2.0);
        Set(Trait.Question, counts[(int)Trait.Question]);
        Set(Trait.Length, Math.Log(length) / Math.Log(300));
        Set(Trait.Symbols, counts[(int)Trait.Symbols] / 2.0);
        Set(Trait.LowerCaseStart, text.Length > 0 && char.IsLower(text[0]) ? 1 : 0);
        return traits;

        void Set(Trait trait, double value) => traits[(int)trait] = Math.Min(1, value);
    }

    /// <summary>The share of characters that belong to no writing: symbols in rows, control and replacement characters, the debris of a wrong decoding.</summary>
    public static double Oddness(ReadOnlySpan<char> text)
    {
        if (text.IsWhiteSpace())
            return 1;
        var odd = 0;
        var previous = ' ';
        foreach (var c in text)
        {
            var strange = c == '\uFFFD' || (char.IsControl(c) && !char.IsWhiteSpace(c)) || c is >= '\u0080' and < '\u00A0'
                || (c is >= '\u00A0' and < '\u00C0' && previous is >= '\u00C0' and < '\u0100')
                || (!char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c) && !char.IsLetterOrDigit(previous) && !char.IsWhiteSpace(previous) && c != previous);
            odd += strange ? 1 : 0;
            previous = c;
        }

        return Math.Min(1, 4.0 * odd / text.Length);
    }

    private static Trait? Classify(char c) => c switch
    {
        >= '0' and <= '9' => Trait.Digits,
        '!' or '！' => Trait.Exclamation,
        '?' or '？' or '؟' => Trait.Question,
        _ => char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.CurrencySymbol => Trait.Currency,
            UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate => Trait.Symbols,
            _ => null,
        },
    };

    private static Trait Script(char c) => c switch
    {
        < '\u0370' => Trait.Latin,
        < '\u0400' => Trait.Greek,
        < '\u0530' => Trait.Cyrillic,
        >= '\u0590' and < '\u0600' => Trait.Hebrew,
        >= '\u0600' and < '\u0780' => Trait.Arabic,
        >= '\u0900' and < '\u0980' => Trait.Devanagari,
        >= '\u0E00' and < '\u0E80' => Trait.Thai,
        >= '\u3040' and < '\u3100' => Trait.Kana,
        >= '\u3400' and < '\uA000' => Trait.Han,
        (>= '\u1100' and < '\u1200') or (>= '\uAC00' and < '\uD7B0') => Trait.Hangul,
        _ => Trait.Latin,
    };

    /// <summary>A scheme, "www.", an at sign inside a word, or a dot between letters without a space and with something like a path or an end after it.</summary>
    private static bool HasLink(ReadOnlySpan<char> text)
    {
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase))
            return true;
        for (var i = 2; i < text.Length - 2; i++)
        {
            if (text[i] is not ('.' or '@') || !char.IsAsciiLetterOrDigit(text[i - 1]) || !char.IsAsciiLetterOrDigit(text[i - 2]) || !char.IsAsciiLetterLower(text[i + 1]))
                continue;
            if (text[i] == '@')
                return true;
            var end = i + 1;
            while (end < text.Length && char.IsAsciiLetterLower(text[end]))
                end++;
            if (end < text.Length && text[end] == '/' && end - i > 2)
                return true;
        }

        return false;
    }
}
