namespace LogprobDashboard.DemoModel.Learning;

/// <summary>Classes of characters and shapes that a text shows more or less of, whatever its topic and language.</summary>
internal enum Trait
{
    Digits,
    LongNumber,
    Currency,
    Link,
    Capitals,
    Exclamation,
    Question,
    Length,
    Symbols,
    LowerCaseStart,
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Han,
    Kana,
    Hangul,
    Devanagari,
    Thai,
    Diacritics,
}
