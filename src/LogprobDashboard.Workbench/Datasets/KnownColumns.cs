using System.Text;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Names that columns of text, label, source and id usually have, the likeliest first. Case, spaces and punctuation do not matter.</summary>
internal static class KnownColumns
{
    public static readonly IReadOnlyList<string> Text =
    [
        "text", "message", "sms", "body", "content", "sentence", "review", "comment", "tweet", "post", "utterance", "document", "passage", "prompt", "input",
        "question", "query", "msg", "messagetext", "textmessage", "reviewtext", "fulltext", "email", "mail", "description", "snippet", "headline", "title", "subject",
    ];

    public static readonly IReadOnlyList<string> Label =
    [
        "label", "labels", "class", "category", "target", "texttype", "classification", "groundtruth", "gold", "goldlabel", "truelabel", "annotation", "y",
        "isspam", "spam", "sentiment", "intent", "topic", "tag", "language", "lang",
    ];

    public static readonly IReadOnlyList<string> Source = ["source", "channel", "origin", "dataset", "platform", "domain", "corpus", "feed", "site"];

    public static readonly IReadOnlyList<string> Id =
        ["id", "uuid", "guid", "messageid", "sampleid", "textid", "documentid", "docid", "rowid", "recordid", "externalid", "index"];

    /// <summary>Last words of longer names: clean_text, Ticket Description, true_label.</summary>
    public static readonly IReadOnlyList<string> TextEndings = ["text", "message", "body", "content", "sentence", "review", "comment", "description"];

    public static readonly IReadOnlyList<string> LabelEndings = ["label", "class", "category", "target"];

    private static readonly HashSet<string> All = [.. Text, .. Label, .. Source, .. Id];

    public static bool IsKnown(string name) => All.Contains(Normalise(name));

    public static string Normalise(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The words of a name, cut at punctuation, spaces and capitals.</summary>
    public static string LastWord(string name)
    {
        var word = new StringBuilder();
        var previous = ' ';
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) || char.IsUpper(character) && char.IsLower(previous))
                word.Append(' ');
            if (char.IsLetterOrDigit(character))
                word.Append(char.ToLowerInvariant(character));
            previous = character;
        }
        return word.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
    }
}
