using System.Text.RegularExpressions;

namespace LogprobDashboard.Web.Sharing;

/// <summary>The style of a document, all of it inside: the colours and cards of the pages, and what a page without a frame needs. It follows the system's theme, and is light on paper.</summary>
internal static partial class DocumentStyle
{
    public static string Text { get; } = string.Concat(Tokens(), Read("charts.css"), Read("compare.css"), Read("document.css"));

    /// <summary>The pages' theme is an attribute that a script sets; a document has none.</summary>
    private static string Tokens()
    {
        var tokens = Read("tokens.css");
        var light = LightBlock().Match(tokens);
        var dark = DarkBlock().Match(tokens);
        return light.Success && dark.Success
            ? $"{light.Value}\n@media screen and (prefers-color-scheme: dark) {{ :root {{{dark.Groups[1].Value}}} }}\n"
            : throw new InvalidOperationException("tokens.css has no block of light or dark colours.");
    }

    private static string Read(string file)
    {
        using var stream = typeof(DocumentStyle).Assembly.GetManifestResourceStream($"css/{file}") ?? throw new InvalidOperationException($"The style {file} is not in the program.");
        using var reader = new StreamReader(stream);
        return CommentBlock().Replace(reader.ReadToEnd(), "");
    }

    [GeneratedRegex(@":root\s*\{[^}]*\}")]
    private static partial Regex LightBlock();

    [GeneratedRegex(@":root\[data-theme=""dark""\]\s*\{([^}]*)\}")]
    private static partial Regex DarkBlock();

    [GeneratedRegex(@"/\*.*?\*/\s*", RegexOptions.Singleline)]
    private static partial Regex CommentBlock();
}
