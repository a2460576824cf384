using System.Globalization;
using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Finds the label words where a prompt lists them: "Answer with Yes or No", "one of: billing, bug, other", "(spam/ham)", a list under "Categories:".</summary>
internal static partial class LabelListFinder
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Verbs = @"\b(?:answer|reply|respond|return|output|choose|pick|select|say|write|print|give|use|label|classify|categori[sz]e|assign|decide)\b";
    private const string Kinds = @"\b(?:labels?|categor(?:y|ies)|class(?:es)?|options?|choices|languages?|topics?|tags?|intents?|answers?|departments?|teams?|queues?|sentiments?|following)\b";

    /// <summary>From the surest way to list labels to the vaguest; the list is what follows the match.</summary>
    private static readonly Regex[] Triggers = [OneOf, VerbColon, KindColon, VerbWith, Either, VerbDirect, AnswerColon, Bracket, Is];

    public static IReadOnlyList<string> Find(IReadOnlyList<string> lines)
    {
        foreach (var trigger in Triggers)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                foreach (Match match in trigger.Matches(lines[i]))
                {
                    var items = ReadItems(lines[i][(match.Index + match.Length)..], lines, i);
                    if (items.Count >= 2)
                        return items;
                }
            }
        }

        var conditional = lines.SelectMany(line => Conditional.Matches(line)).Select(match => match.Groups["word"].Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return conditional.Count >= 2 ? conditional : Array.Find([.. lines.Select(Range)], range => range.Count >= 2) ?? [];
    }

    [GeneratedRegex(@"\b(?:one|any|exactly one) of (?:the |these |those )?(?:following |possible |given |allowed |\w+ )?(?:" + Kinds + @"[^:\n]{0,30})?[:：]?\s*", Options)]
    private static partial Regex OneOf { get; }

    [GeneratedRegex(Verbs + @"[^.:\n]{0,80}[:：]\s*", Options)]
    private static partial Regex VerbColon { get; }

    [GeneratedRegex(Kinds + @"[^.:\n]{0,40}[:：=]\s*", Options)]
    private static partial Regex KindColon { get; }

    [GeneratedRegex(Verbs + @"[^.:\n]{0,60}?\b(?:with|as|into|from|between|either|only|just|exactly|word|token|label)\s+", Options)]
    private static partial Regex VerbWith { get; }

    [GeneratedRegex(@"\b(?:either|between|among|whether (?:it|this|the \w+) is)\s+", Options)]
    private static partial Regex Either { get; }

    [GeneratedRegex(@"[(\[{<](?=[^()\[\]{}<>]{1,200}[)\]}>])", Options)]
    private static partial Regex Bracket { get; }

    [GeneratedRegex(Verbs + @"\s+", Options)]
    private static partial Regex VerbDirect { get; }

    [GeneratedRegex(@"^\s*(?:answer|label|category|class|output)\s*[:：]\s*", Options)]
    private static partial Regex AnswerColon { get; }

    [GeneratedRegex(@"\b(?:is|are) (?:it|this|that|the (?:following |above )?\w+)(?: \w+){0,2}? (?=\S+(?: \S+)? or )", Options)]
    private static partial Regex Is { get; }

    /// <summary>"Answer Yes if …", "return ham when …".</summary>
    [GeneratedRegex(Verbs + @"(?: with| it as| only)? [""'`“*]{0,3}(?<word>(?!(?:it|them|this|the|only|one)\b)[\p{L}\d][\w\-]{0,30})[""'`”*]{0,3} (?:only )?(?:if|when|where|for)\b", Options)]
    private static partial Regex Conditional { get; }

    [GeneratedRegex(@"\b(?:from )?(?<first>[A-Z]|\d{1,3})\s?(?:-|–|to|through)\s?(?<last>[A-Z]|\d{1,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex RangeOf { get; }

    private static List<string> ReadItems(string rest, IReadOnlyList<string> lines, int line)
    {
        var items = LabelItems.Split(rest);
        if (items.Count >= 2 || !string.IsNullOrWhiteSpace(rest))
            return items;
        return LabelItems.ReadBullets(lines, line + 1);
    }

    /// <summary>"a letter from A to J", "1-10".</summary>
    private static List<string> Range(string line)
    {
        foreach (Match match in RangeOf.Matches(line))
        {
            var (first, last) = (match.Groups["first"].Value, match.Groups["last"].Value);
            if (char.IsLetter(first[0]) && char.IsLetter(last[0]) && first[0] < last[0])
                return [.. Enumerable.Range(first[0], last[0] - first[0] + 1).Select(c => ((char)c).ToString())];
            if (int.TryParse(first, CultureInfo.InvariantCulture, out var from) && int.TryParse(last, CultureInfo.InvariantCulture, out var to) && from < to && to - from < 100)
                return [.. Enumerable.Range(from, to - from + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))];
        }

        return [];
    }
}
