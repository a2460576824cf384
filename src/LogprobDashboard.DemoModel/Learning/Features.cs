using System.Globalization;

namespace LogprobDashboard.DemoModel.Learning;

/// <summary>
/// What the model sees of a text: words (letters folded to lower case, digits to their number, currency signs and symbols as they are), word beginnings,
/// and character n-grams of 1 to 4. Keys are hashes, or the characters themselves.
/// </summary>
internal sealed class Features
{
    public const int LongestText = 4000;
    private const int Beginning = 4;
    private const ulong WordSalt = 14695981039346656037;
    private const ulong BeginningSalt = 0x9E3779B97F4A7C15;
    private const ulong LetterSalt = 0xC2B2AE3D27D4EB4F;

    private Features(List<WordFeature> words, List<ulong> ngrams, double[] traits)
    {
        Words = words;
        Ngrams = ngrams;
        Traits = traits;
    }

    /// <summary>Each different word and word beginning once.</summary>
    public IReadOnlyList<WordFeature> Words { get; }

    /// <summary>The n-grams in their order, with repetitions.</summary>
    public IReadOnlyList<ulong> Ngrams { get; }

    /// <summary>By <see cref="Trait"/>, each from 0 to 1.</summary>
    public IReadOnlyList<double> Traits { get; }

    public static Features Of(string text)
    {
        if (text.Length > LongestText)
            text = text[..LongestText];
        return new Features(WordsOf(text), NgramsOf(text), Learning.Traits.Measure(text));
    }

    /// <summary>A letter beyond ASCII, as a feature of the words it occurs in: it tells much about a language.</summary>
    public static ulong KeyOf(char letter) => LetterSalt ^ Fold(letter);

    /// <summary>Words, their beginnings and their letters beyond ASCII. A short word is weaker evidence than a long one.</summary>
    public static List<WordFeature> WordsOf(ReadOnlySpan<char> text)
    {
        var seen = new HashSet<ulong>();
        var words = new List<WordFeature>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] > '\u007F' && char.IsLetter(text[at]))
                Add(KeyOf(text[at]), 1);
            var length = WordLength(text[at..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            var word = text.Slice(at, length);
            foreach (var c in word[1..])
            {
                if (c > '\u007F' && char.IsLetter(c))
                    Add(KeyOf(c), 1);
            }

            at += length;
            var letters = char.IsLetter(word[0]);
            Add(Hash(word, WordSalt), letters ? Math.Min(1, 0.25 + (0.15 * length)) : 0.8);
            if (letters && length > Beginning)
                Add(Hash(word[..Beginning], BeginningSalt), 0.7);
        }

        return words;

        void Add(ulong key, double strength)
        {
            if (seen.Add(key))
                words.Add(new WordFeature(key, strength));
        }
    }

    /// <summary>The length of the word that begins here: a run of letters and marks with inner apostrophes, a run of digits, or one symbol; 0 for none.</summary>
    public static int WordLength(ReadOnlySpan<char> text)
    {
        var first = text[0];
        if (char.IsAsciiDigit(first))
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            return digits < 0 ? text.Length : digits;
        }

        if (IsUnspaced(first))
            return 1;
        if (!char.IsLetter(first))
            return char.IsSurrogatePair(first, text.Length > 1 ? text[1] : ' ') ? 2 : char.IsSymbol(first) && first > ' ' ? 1 : 0;
        var length = 1;
        while (length < text.Length && IsInner(text, length))
            length++;
        return length;
    }

    private static bool IsInner(ReadOnlySpan<char> text, int at) =>
        (char.IsLetter(text[at]) && !IsUnspaced(text[at]))
        || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]));

    private static bool IsUnspaced(char c) => c is (>= '\u2E80' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0EFF');

    private static ulong Hash(ReadOnlySpan<char> word, ulong salt)
    {
        // A number is its length: what it says is "a number of six digits".
        if (char.IsAsciiDigit(word[0]))
            return salt ^ (ulong)(1000 + Math.Min(word.Length, 7));
        var hash = salt;
        foreach (var c in word)
            hash = (hash ^ Fold(c)) * 1099511628211;
        return hash;
    }

    private static List<ulong> NgramsOf(ReadOnlySpan<char> text)
    {
        var ngrams = new List<ulong>((text.Length + 1) * 4);
        ulong window = ' ';
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? Fold(text[i]) : ' ';
            if (c == ' ' && (window & 0xFFFF) == ' ')
                continue;
            window = (window << 16) | c;
            if (c != ' ')
                ngrams.Add(c);
            ngrams.Add(window & 0xFFFFFFFF);
            if ((window >> 32) == 0)
                continue;
            ngrams.Add(window & 0xFFFFFFFFFFFF);
            if ((window >> 48) != 0)
                ngrams.Add(window);
        }

        return ngrams;
    }

    private static char Fold(char c) => char.IsAsciiDigit(c) ? '0' : char.IsWhiteSpace(c) ? ' ' : c == '’' ? '\'' : char.ToLowerInvariant(c);
}

/// <summary>A word (or word beginning) of a text, and how strong a piece of evidence it is, from 0 to 1.</summary>
internal readonly record struct WordFeature(ulong Key, double Strength);
