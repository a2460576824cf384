using System.Text.RegularExpressions;

namespace LogprobDashboard.Web.Prompts;

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A part of a line; changed where the other side has other words there.</summary>
public sealed record DiffPiece(string Text, bool Changed);

/// <summary>A line of either side with its number there, from 1; null where the side does not have it.</summary>
public sealed record DiffLine(DiffKind Kind, int? Before, int? After, IReadOnlyList<DiffPiece> Pieces)
{
    public string Text => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>What it takes to turn one text into another: whole lines by their longest common subsequence, and within lines that changed the words.</summary>
public static partial class TextDiff
{
    /// <summary>Above this many pairs to compare, what lies between the common beginning and end counts as changed altogether.</summary>
    private const long MostPairs = 4_000_000;

    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (old, next) = (Lines(before), Lines(after));
        var lines = new List<DiffLine>();
        var (i, j) = (0, 0);
        foreach (var (oldEnd, nextEnd) in Matches(old, next).Append((old.Length, next.Length)))
        {
            AddChange(lines, old, i, oldEnd, next, j, nextEnd);
            (i, j) = (oldEnd, nextEnd);
            if (i == old.Length || j == next.Length)
                continue;
            lines.Add(new DiffLine(DiffKind.Same, i + 1, j + 1, [new DiffPiece(old[i], false)]));
            (i, j) = (i + 1, j + 1);
        }

        return lines;
    }

    /// <summary>An empty text has no line.</summary>
    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Lines that went, then lines that came; the first of the one with the first of the other and so on, as far as they are akin.</summary>
    private static void AddChange(List<DiffLine> lines, string[] old, int i, int oldEnd, string[] next, int j, int nextEnd)
    {
        var pairs = Math.Min(oldEnd - i, nextEnd - j);
        var words = Enumerable.Range(0, pairs).Select(offset => WordDiff(old[i + offset], next[j + offset])).ToList();
        for (var line = i; line < oldEnd; line++)
            lines.Add(new DiffLine(DiffKind.Removed, line + 1, null, line - i < pairs ? words[line - i].Old : [new DiffPiece(old[line], true)]));
        for (var line = j; line < nextEnd; line++)
            lines.Add(new DiffLine(DiffKind.Added, null, line + 1, line - j < pairs ? words[line - j].Next : [new DiffPiece(next[line], true)]));
    }

    private static (IReadOnlyList<DiffPiece> Old, IReadOnlyList<DiffPiece> Next) WordDiff(string old, string next)
    {
        string[] one = [.. Words().Matches(old).Select(match => match.Value)];
        string[] other = [.. Words().Matches(next).Select(match => match.Value)];
        var matches = Matches(one, other).ToList();
        return (Pieces(one, [.. matches.Select(match => match.Old)]), Pieces(other, [.. matches.Select(match => match.Next)]));
    }

    /// <summary>Neighbours of the same kind as one piece.</summary>
    private static IReadOnlyList<DiffPiece> Pieces(string[] words, HashSet<int> same)
    {
        var pieces = new List<DiffPiece>();
        for (var at = 0; at < words.Length; at++)
        {
            var changed = !same.Contains(at);
            if (pieces.Count > 0 && pieces[^1].Changed == changed)
                pieces[^1] = pieces[^1] with { Text = pieces[^1].Text + words[at] };
            else
                pieces.Add(new DiffPiece(words[at], changed));
        }

        return pieces;
    }

    /// <summary>The places of a longest common subsequence, ascending on both sides.</summary>
    private static IEnumerable<(int Old, int Next)> Matches(string[] old, string[] next)
    {
        var start = 0;
        while (start < old.Length && start < next.Length && old[start] == next[start])
        {
            yield return (start, start);
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < next.Length - start && old[^(end + 1)] == next[^(end + 1)])
            end++;
        foreach (var (i, j) in MiddleMatches(old[start..^end], next[start..^end]))
            yield return (start + i, start + j);
        for (var offset = end; offset > 0; offset--)
            yield return (old.Length - offset, next.Length - offset);
    }

    private static IEnumerable<(int Old, int Next)> MiddleMatches(string[] old, string[] next)
    {
        if ((long)old.Length * next.Length is 0 or > MostPairs)
            yield break;
        var longest = new int[old.Length + 1, next.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = next.Length - 1; j >= 0; j--)
                longest[i, j] = old[i] == next[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        for (var (i, j) = (0, 0); i < old.Length && j < next.Length;)
        {
            if (old[i] == next[j])
                yield return (i++, j++);
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}_]+|\s+|.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
