using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Examples under a heading that names their label: "Examples of spam:", "**ham**:", followed by bulleted or quoted lines.</summary>
internal static partial class HeadedExamples
{
    public static void Read(IReadOnlyList<string> lines, PromptReading reading)
    {
        LabelReading? current = null;
        foreach (var line in lines)
        {
            if (line.TrimEnd().EndsWith(':') || line.StartsWith('#'))
                current = Named(line, reading);
            else if (current is not null && Item.Match(line) is { Success: true } item)
                current.Examples.Add(Cues.Unquote(item.Groups["text"].Value));
            else if (!string.IsNullOrWhiteSpace(line))
                current = null;
        }
    }

    [GeneratedRegex("""^\s*(?:(?:[-*•+]|\d{1,2}[.)])\s+(?<text>\S.*)|(?<text>["“«].+["”»]))$""", RegexOptions.CultureInvariant)]
    private static partial Regex Item { get; }

    [GeneratedRegex(@"\b(?:some |a few |typical )?(?:examples?|messages?|texts?|sentences?|samples?)(?: of| for| in)?\b|[*_#:""'`]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Filler { get; }

    private static LabelReading? Named(string heading, PromptReading reading) =>
        reading.Find(Filler.Replace(heading, " ").Trim()) ?? reading.Labels.FirstOrDefault(label =>
            label.Names.Contains(Filler.Replace(heading, " ").Trim(), StringComparer.OrdinalIgnoreCase));
}
