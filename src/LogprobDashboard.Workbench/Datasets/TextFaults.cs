using System.Buffers;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Signs in a text that its bytes were read wrongly before it came here.</summary>
internal static class TextFaults
{
    /// <summary>What Windows-1252 shows for the bytes 80 to 9F.</summary>
    private const string Windows1252High = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

    /// <summary>What often follows a capital letter with a diacritic in sound text: an apostrophe, the end of a quotation.</summary>
    private const string AfterCapitals = "‘’“”…–—•™«»®©°";

    /// <summary>C0 but tab and line ends, DEL, and the C1 block, which is left where Windows-1252 was taken for Latin-1.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(character => char.IsControl(character) && character is not ('\t' or '\n' or '\r'))]);

    /// <summary>How the lead bytes of UTF-8 look in Latin-1 and Windows-1252.</summary>
    private static readonly SearchValues<char> Leads = SearchValues.Create([.. Enumerable.Range('Â', 'ß' - 'Â' + 1).Select(code => (char)code), 'à', 'â', 'ã', 'ð']);

    private static readonly SearchValues<char> Continuations = SearchValues.Create([.. Enumerable.Range(0x80, 0x40).Select(code => (char)code), .. Windows1252High]);

    public static bool HasControlCharacters(ReadOnlySpan<char> text) => text.ContainsAny(Controls);

    /// <summary>A sequence of UTF-8 shown as Windows-1252 or Latin-1: a letter that stands for a lead byte, then what stands for its continuation bytes.</summary>
    public static bool LooksLikeMojibake(ReadOnlySpan<char> text)
    {
        for (var lead = text.IndexOfAny(Leads); lead >= 0; lead = text.IndexOfAny(Leads))
        {
            if (IsSequence(text[lead..]))
                return true;
            text = text[(lead + 1)..];
        }
        return false;
    }

    private static bool IsSequence(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || !Continuations.Contains(text[1]))
            return false;
        return text[0] switch
        {
            'Â' or 'Ã' => true,
            <= 'ß' => !AfterCapitals.Contains(text[1], StringComparison.Ordinal),
            _ => text.Length > 2 && Continuations.Contains(text[2]),
        };
    }
}
