using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Learning;

/// <summary>What a description says of a label: words of its sentences, words (or letters) that it lists one by one, and traits that its texts have (or, negated, lack).</summary>
internal sealed record DescriptionEvidence(IReadOnlyList<string> Words, IReadOnlyList<string> ListedWords, IReadOnlyDictionary<Trait, double> Traits);

internal static partial class DescriptionReader
{
    /// <summary>Words that carry a description's grammar; one that stands alone between commas is meant as a word to look for all the same.</summary>
    private static readonly HashSet<string> Grammar = new(
        ("a an the and or of to in on for with without from by as at is are was be been it its this that these those which who whom whose such like than then there their they them "
        + "he she his her we our us i me my you your not no never nor any some every each all other others anything everything something about between into over under after before "
        + "if when where while because so but only just also very more most less least often usually typically may might can could will would should has have had do does did "
        + "message messages text texts sms sample samples sentence sentences word words letters characters common typical frequent e.g. i.e. etc include includes including contain contains containing "
        + "one two someone somebody people person whether what how same")
        .Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Negations = new(["no", "not", "without", "never", "lacks", "lacking", "nothing", "neither"], StringComparer.OrdinalIgnoreCase);

    public static DescriptionEvidence Read(IEnumerable<string> phrases)
    {
        var words = new List<string>();
        var listed = new List<string>();
        var traits = new Dictionary<Trait, double>();
        foreach (var clause in phrases.SelectMany(phrase => Clause.Split(phrase)))
            ReadClause(clause, words, listed, traits);
        return new DescriptionEvidence(words, listed, traits);
    }

    [GeneratedRegex(@"[,;:.!?()""“”/|]+(?:\s|$)|\s[-–—]\s|[,;()""“”/|]", RegexOptions.CultureInvariant)]
    private static partial Regex Clause { get; }

    private static void ReadClause(string clause, List<string> words, List<string> listed, Dictionary<Trait, double> traits)
    {
        var parts = clause.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var negated = false;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim('\'', '*', '_', '`', '.');
            if (Negations.Contains(part) && parts.Length > 1)
            {
                negated = true;
                continue;
            }

            foreach (var (trait, direction) in TraitConcepts.Of(part))
                traits[trait] = Math.Clamp(traits.GetValueOrDefault(trait) + (negated ? -direction : direction), -2, 2);
            var alone = parts.Length == 1 || (parts.Length <= 3 && i > 0 && parts[i - 1] is "and" or "or" or "like");
            if (!negated && part.Length > 0 && (alone || !Grammar.Contains(part)))
                (alone ? listed : words).Add(part);
        }
    }
}
