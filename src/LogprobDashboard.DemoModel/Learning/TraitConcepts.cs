namespace LogprobDashboard.DemoModel.Learning;

/// <summary>Words by which a description names a trait ("with a phone number", "in capital letters", "written in Cyrillic"), by their beginnings.</summary>
internal static class TraitConcepts
{
    private static readonly (string Beginning, Trait Trait, double Direction)[] Concepts =
    [
        ("number", Trait.Digits, 0.7), ("number", Trait.LongNumber, 0.7), ("phone", Trait.LongNumber, 1), ("digit", Trait.Digits, 1), ("code", Trait.Digits, 0.6),
        ("price", Trait.Currency, 1), ("money", Trait.Currency, 1), ("currenc", Trait.Currency, 1), ("cash", Trait.Currency, 1), ("payment", Trait.Currency, 0.6), ("amount", Trait.Currency, 0.6),
        ("link", Trait.Link, 1), ("url", Trait.Link, 1), ("website", Trait.Link, 1), ("web", Trait.Link, 0.6),
        ("capital", Trait.Capitals, 1), ("uppercase", Trait.Capitals, 1), ("upper", Trait.Capitals, 0.6), ("shout", Trait.Capitals, 1),
        ("exclamation", Trait.Exclamation, 1), ("question", Trait.Question, 0.7), ("emoji", Trait.Symbols, 1), ("symbol", Trait.Symbols, 0.7),
        ("long", Trait.Length, 1), ("lengthy", Trait.Length, 1), ("short", Trait.Length, -1), ("brief", Trait.Length, -1), ("lowercase", Trait.LowerCaseStart, 1), ("casual", Trait.LowerCaseStart, 0.5),
        ("cyrillic", Trait.Cyrillic, 2), ("greek", Trait.Greek, 2), ("arabic", Trait.Arabic, 2), ("hebrew", Trait.Hebrew, 2), ("chinese", Trait.Han, 1.5), ("hanzi", Trait.Han, 2),
        ("kanji", Trait.Han, 1), ("hiragana", Trait.Kana, 2), ("katakana", Trait.Kana, 2), ("kana", Trait.Kana, 2), ("japanese", Trait.Kana, 2), ("hangul", Trait.Hangul, 2),
        ("korean", Trait.Hangul, 2), ("devanagari", Trait.Devanagari, 2), ("hindi", Trait.Devanagari, 2), ("thai", Trait.Thai, 2), ("russian", Trait.Cyrillic, 1.5), ("ukrainian", Trait.Cyrillic, 1.5),
    ];

    /// <summary>What the word says of a text of its label: traits and their direction; nothing for most words.</summary>
    public static IEnumerable<(Trait Trait, double Direction)> Of(string word) =>
        Concepts.Where(concept => word.StartsWith(concept.Beginning, StringComparison.OrdinalIgnoreCase) && word.Length <= concept.Beginning.Length + 3)
            .Select(concept => (concept.Trait, concept.Direction));
}
