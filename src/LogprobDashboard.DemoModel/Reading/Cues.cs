using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>
/// The phrases that prompts are built from: what announces a text, an answer, an instruction. They run over samples of any length:
/// what repeats before a failure is bounded, so that no line takes quadratic time.
/// </summary>
internal static partial class Cues
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Lead = """^[\s#>*\-•"'`\[(\d.]{0,10}""";
    private const string Mark = """[*_"'`\])]{0,4}[ \t]*[:：][*_"'`]{0,3}[ \t]*""";
    private const string Nouns = "message|text|sms|input|sentence|e-?mail|review|comment|post|tweet|document|ticket|content|passage|title|headline|subject|utterance|chat|sample|item|statement|snippet|paragraph|line|request";
    private const string Answers = "answer|label|category|class|classification|output|language|verdict|sentiment|topic|intent|response|prediction|result|tag|decision|reply|completion";

    /// <summary>"Message: …", "**Text to classify:** …", "### Input".</summary>
    [GeneratedRegex(Lead + "(?:(?:the|this|new|next|following|given|your|sms|short|input|user|customer|chat|text|example|incoming) )*(?:" + Nouns
        + ")(?: #?\\d+| to (?:be )?(?:classif\\w+|label\\w*|judged?|rated?|read|check\\w*|categori[sz]\\w+|sort\\w*))?(?:" + Mark + "(?<value>.*)|[*_]{0,3}\\s*)$", Options)]
    public static partial Regex Text { get; }

    /// <summary>"Question: …", "Q: …": a text only where nothing else is announced.</summary>
    [GeneratedRegex(Lead + "(?:query|question|q)(?: \\d+)?" + Mark + "(?<value>.*)$", Options)]
    public static partial Regex Question { get; }

    /// <summary>"Answer: Yes", "Label: spam", "Language: French".</summary>
    [GeneratedRegex(Lead + "(?:(?:the|your|correct|expected|final|predicted|example) )*(?:" + Answers + "|a)" + Mark + "(?<value>.*)$", Options)]
    public static partial Regex Answer { get; }

    /// <summary>A text and its label on one line: "Text: see you at six. Label: ham".</summary>
    [GeneratedRegex("^(?<text>.*?\\S)[\\s,;|]{1,5}(?:" + Answers + ")[ \\t]*[:=：][ \\t]*(?<value>[^:=]{0,40})$", Options)]
    public static partial Regex SameLineAnswer { get; }

    /// <summary>"… -> spam", "… => spam", "… → spam".</summary>
    [GeneratedRegex("^(?<text>.*\\S)\\s{0,5}(?:-{1,2}>|={1,2}>|→|⇒|⟶|\\t{1,5}|\\s\\|\\s)\\s*(?<value>[^>→⇒⟶\\t]{0,60})$", Options)]
    public static partial Regex Arrow { get; }

    /// <summary>"Classify the following message: …": announces the text after its colon.</summary>
    [GeneratedRegex("\\b(?:following|this|below|classify|categori[sz]e|label|is|does|what|which|identify|detect|tell|decide|determine|" + Nouns + ")\\b[^:\\n]{0,160}[:：][ \\t]*(?<value>.*)$", Options)]
    public static partial Regex Introduction { get; }

    /// <summary>A closing instruction after the text: "Answer with Yes or No.", "Which language is it?".</summary>
    [GeneratedRegex("""^\s*(?:now |please |only )?(?:(?:answer|reply|respond|return|output|classify|categori[sz]e|choose|pick|label|say|write)\b.*\b(?:with|only|one|either|exactly|word|label|letter|category|as|or)\b|(?:is|does|which|what)\b[^?]{0,80}\b(?:text|message|sms|language|label|category|class|above|it)\b[^?]{0,80}\?).*$""", Options)]
    public static partial Regex ClosingInstruction { get; }

    /// <summary>An instruction right above the text: "Is this spam? Answer with Yes or No.", "Classify as spam or ham".</summary>
    [GeneratedRegex("""\b(?:answer|reply|respond|return|output|classify|categori[sz]e|choose|pick|label|say|write)\b.{0,60}\b(?:with|only|one of|either|exactly|as|or)\b""", Options)]
    public static partial Regex OpeningInstruction { get; }

    /// <summary>Not a label: the usual headings of a prompt.</summary>
    [GeneratedRegex("""^(?:the )?(?:notes?|rules?|questions?|tasks?|instructions?|examples?|for example|e\.?g\.?|context|hints?|important|guidelines?|definitions?|steps?|format|role|system|user|assistant|remember|warning|policy|goal|https?|labels?|categor(?:y|ies)|classes|class|options?|choices|tags?|topics?|intents?|languages?|answers?|output|input|texts?|messages?|q|sms)$""", Options)]
    public static partial Regex Heading { get; }

    /// <summary>A label as an example gives it: short, and no list.</summary>
    public static bool IsLabelValue(ReadOnlySpan<char> value)
    {
        value = value.Trim(" \t.\"'`*“”‘’,;[]()");
        if (value.IsEmpty || value.Length > 40)
            return false;
        var words = 1;
        foreach (var c in value)
            words += c == ' ' ? 1 : 0;
        return words <= 5 && value.IndexOfAny(",/|\uE000") < 0 && !value.Contains(" or ", StringComparison.OrdinalIgnoreCase);
    }

    public static string TrimLabel(ReadOnlySpan<char> value) => value.Trim(" \t.\"'`*“”‘’,;[]()<>").ToString();

    /// <summary>The text without the quotes around it.</summary>
    public static string Unquote(string text)
    {
        text = text.Trim();
        foreach (var pair in (ReadOnlySpan<string>)["\"\"", "''", "``", "“”", "‘’", "«»", "„“", "<>"])
        {
            if (text.Length >= 2 && text[0] == pair[0] && text[^1] == pair[1])
                return text[1..^1].Trim();
        }

        return text;
    }
}
