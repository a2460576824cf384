using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Distributions;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Web.Prompts;

/// <summary>All that a prompts page shows and that is stored; what is being typed stands in the <see cref="PromptBench"/>.</summary>
public sealed record PromptsScreen(
    ExperimentSummary Experiment,
    IReadOnlyList<ExperimentWarning> Warnings,
    IReadOnlyList<VariantRecord> Variants,
    IReadOnlyDictionary<string, VariantUse> Uses,
    IReadOnlyDictionary<string, IReadOnlyList<VariantVersionRecord>> Versions,
    IReadOnlyList<EndpointRecord> Endpoints,
    PreviewSample? Sample,
    IReadOnlyList<PromptField> Fields,
    IReadOnlyDictionary<string, CheckedPrompt> Checks)
{
    private const int UsuallyShown = 2;

    public LabelPalette Palette { get; } = new([.. Experiment.Labels.Select(label => label.Name)]);

    /// <summary>What an answer's reading depends on besides its words: labels, their words, the positive one, the endpoint.</summary>
    public string Reading { get; } = string.Join('\u001f', Experiment.Labels.Select(label => $"{label.Name}\u001e{string.Join('\u001e', label.Words ?? [])}").Append(Experiment.PositiveLabel).Append(Experiment.EndpointId));

    public VariantUse UseOf(string variantId) => Uses.GetValueOrDefault(variantId, VariantUse.None);

    /// <summary>Run colours by the variant's place among all, so that hiding one repaints none.</summary>
    public string ColorOf(string variantId)
    {
        var place = Variants.TakeWhile(variant => variant.Id != variantId).Count();
        return SeriesPalette.Color(place % SeriesPalette.Count);
    }

    /// <summary>The ids of the cards, in the order in which the variants were made; the new one last.</summary>
    public static IReadOnlyList<string> Shown(PromptsState state, IReadOnlyList<VariantRecord> variants)
    {
        if (variants.Count == 0)
            return [PromptsState.NewVariant];
        var chosen = variants.Where(variant => state.Variants.Contains(variant.Id, StringComparer.Ordinal)).Select(variant => variant.Id).ToList();
        if (state.Variants.Contains(PromptsState.NewVariant, StringComparer.Ordinal))
            chosen.Add(PromptsState.NewVariant);
        return chosen.Count > 0 ? chosen : [.. variants.Take(UsuallyShown).Select(variant => variant.Id)];
    }
}
