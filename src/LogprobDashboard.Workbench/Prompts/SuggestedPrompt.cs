using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A first prompt made of the labels and their words, to be improved by who knows the data.</summary>
public static class SuggestedPrompt
{
    /// <summary>The user template; it needs no system message. Every label stands with the first of its words as the answer to give.</summary>
    public static string For(IReadOnlyList<ExperimentLabel> labels)
    {
        var answers = labels.Select(label => (label.Name, Word: label.EffectiveWords[0])).ToList();
        var named = answers.All(answer => string.Equals(answer.Name, answer.Word, StringComparison.OrdinalIgnoreCase));
        var lines = answers.Select(answer => named ? $"- {Literal(answer.Word)}" : $"- {Literal(answer.Word)}: {Literal(answer.Name)}");
        var words = answers.Count <= 12
            ? $"Answer with exactly one of: {string.Join(", ", answers.Select(answer => Literal(answer.Word)))}."
            : $"Answer with exactly one {(named ? "label" : "code")} of the list.";
        return $$$"""
            Classify the text below.

            {{{(named ? "Labels:" : "Answers and what they stand for:")}}}
            {{{string.Join('\n', lines)}}}

            {{{words}}} Write nothing else.

            Text:
            {{ text }}

            Answer:
            """;
    }

    /// <summary>A label that looks like a template is not one.</summary>
    private static string Literal(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) ? $"{{% raw %}}{text}{{% endraw %}}" : text;
}
