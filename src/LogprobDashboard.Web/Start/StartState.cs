using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Start;

/// <summary>
/// Where a start is: its query string. No step: where the draft was left. <see cref="Dataset"/> is one to begin with, as the import hands it over; the search and
/// page are of the list of datasets, the sample (from 0) is the one that the prompt is shown with.
/// </summary>
public sealed record StartState
{
    private const int LongestSearch = 200;
    private const int LongestId = 64;

    public static StartState Default { get; } = new();

    public DraftStep? Step { get; private init; }

    public string? Dataset { get; private init; }

    public string? Search { get; private init; }

    public int Page { get; private init; } = 1;

    public int Sample { get; private init; }

    public static StartState Parse(string? step, string? dataset, string? search, string? page, string? sample) => new()
    {
        Step = step switch { "data" => DraftStep.Data, "labels" => DraftStep.Labels, "prompt" => DraftStep.Prompt, _ => null },
        Dataset = dataset is { Length: > 0 and <= LongestId } && dataset.All(char.IsAsciiLetterOrDigit) ? dataset : null,
        Search = Cut(search),
        Page = Math.Max(1, Number(page)),
        Sample = Number(sample),
    };

    /// <summary>Another step begins at its beginning.</summary>
    public StartState At(DraftStep step) => new() { Step = step };

    public StartState WithSearch(string? search) => this with { Search = Cut(search), Page = 1, Dataset = null };

    public StartState WithPage(int page) => this with { Page = Math.Max(1, page), Dataset = null };

    public StartState WithSample(int sample) => this with { Sample = Math.Max(0, sample), Dataset = null };

    public StartState WithoutDataset() => this with { Dataset = null };

    public string AddressOf(string? draftId) => (draftId is null ? AppRoutes.Start : AppRoutes.StartOf(draftId)) + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        if (Step is { } step)
            parts.Add("step=" + step.ToString().ToLowerInvariant());
        if (Dataset is not null)
            parts.Add("dataset=" + Dataset);
        if (Search is not null)
            parts.Add("q=" + Uri.EscapeDataString(Search));
        if (Page > 1)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={Page}"));
        if (Sample > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"sample={Sample}"));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? Cut(string? search) => string.IsNullOrWhiteSpace(search) ? null : search.Length <= LongestSearch ? search : search[..LongestSearch];

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
