using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Workbench.Tests.Prompts;

public sealed class PromptPairTests
{
    private static readonly DatasetRecord Dataset = new(
        "1", "d", "sha256:0", 1, ["body", "Label", "Ticket Subject", "priority", "src"], "body", "Label", "src", null, [], [],
        "d.csv", 1, "csv", "utf-8", ",", "csv", true, [], default);

    private static readonly PromptScope Scope = new(Dataset.Columns, Dataset.LabelColumn, ["spam", "ham"]);

    private static readonly SampleRecord Sample = new(
        0, null, "a < b & \"c\" {{ labels }} {% if %}", "spam", "sms", new Dictionary<string, object?> { ["Ticket Subject"] = "Printer", ["priority"] = 3L });

    [Theory]
    [InlineData("{{ text }}", "a < b & \"c\" {{ labels }} {% if %}")]
    [InlineData("{{ body }}", "a < b & \"c\" {{ labels }} {% if %}")]
    [InlineData("{{ columns[\"Ticket Subject\"] }}", "Printer")]
    [InlineData("{{ columns.priority }}/{{ priority }}/{{ src }}", "3/3/sms")]
    [InlineData("{{ labels }}", "spam, ham")]
    [InlineData("{% for label in labelList %}{{ forloop.index }}={{ label }};{% endfor %}", "1=spam;2=ham;")]
    [InlineData("{% assign short = text | truncate: 5 %}{{ short | upcase }}", "A ...")]
    [InlineData("{% raw %}{{ nothing }}{% endraw %}", "{{ nothing }}")]
    public void Render_WhatIsInScope_ComesOutAsItIs(string template, string expected) =>
        Assert.Equal(expected, Assert.Single(Parse(template).Render(Sample)).Content);

    [Theory]
    [InlineData("{{ Label }}", 1, 4)]
    [InlineData("one\ntwo {{ columns[\"Label\"] }}", 2, 17)]
    [InlineData("{{ columns.Label }}", 1, 12)]
    [InlineData("{% if text contains Label %}x{% endif %}", 1, 21)]
    [InlineData("{% assign x = Label %}{{ x }}", 1, 15)]
    [InlineData("{{ text | append: Label }}", 1, 19)]
    public void Parse_TheLabelColumn_IsRefusedWithItsPlace(string template, int line, int column)
    {
        var message = Problem(template);

        Assert.StartsWith(FormattableString.Invariant($"Line {line}, column {column} of the user template:"), message, StringComparison.Ordinal);
        Assert.Contains("must not see the answer", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Subject: {{ subject }}", 1, 13, "Unknown variable \"subject\"")]
    [InlineData("text unknown {{ text }}\n\n  {{ unknown.size }}", 3, 6, "Unknown variable \"unknown\"")]
    [InlineData("{{ columns[\"Nope\"] }}", 1, 13, "no column \"Nope\"")]
    [InlineData("{{ text | shout }}", 1, 11, "Unknown filter \"shout\"")]
    [InlineData("{% include 'other' %}", 1, 4, "reads other files")]
    [InlineData("{% render 'other' %}", 1, 4, "reads other files")]
    [InlineData("{{ label }}", 1, 4, "Unknown variable \"label\"")]
    [InlineData("a\n{{ Ticket Subject }}", 2, 10, "was expected")]
    [InlineData("a {{ text", 1, 10, "was expected")]
    [InlineData("{% if text %}x", 1, 15, "was expected")]
    [InlineData("{{ text }}\n  {{\nYes: three {{ text }}", 2, 3, "begins here is not closed")]
    [InlineData("{% bogus %}", 1, 9, "bogus")]
    [InlineData("{{ columns[txet] }}", 1, 12, "Unknown variable \"txet\"")]
    [InlineData("{% liquid echo text %}", 1, 1, "liquid")]
    [InlineData("{% echo txet %}", 1, 9, "Unknown variable \"txet\"")]
    [InlineData("{% echo Label %}", 1, 9, "must not see the answer")]
    [InlineData("{% for i in (1..20000000) %}x{% endfor %}", 1, 1, "A range must be")]
    public void Parse_AMistake_IsToldWithLineAndColumn(string template, int line, int column, string part)
    {
        var message = Problem(template);

        Assert.StartsWith(FormattableString.Invariant($"Line {line}, column {column} of the user template:"), message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    /// <summary>Parser and renderer call themselves for every nesting: unbounded, these would end the process.</summary>
    [Theory]
    [InlineData("{% if true %}", "{% endif %}", 3000)]
    [InlineData("{{ text", " }}", 20000, " | upcase")]
    [InlineData("{{ ", " }}", 3000, "text[", "]")]
    public void Parse_ATemplateWithoutMeasure_IsRefused(string open, string close, int times, string middle = "", string after = "")
    {
        var template = middle.Length == 0
            ? string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times))
            : open + string.Concat(Enumerable.Repeat(middle, times)) + (after.Length > 0 ? "text" : "") + string.Concat(Enumerable.Repeat(after, times)) + close;

        Assert.StartsWith("Line 1, column ", Problem(template), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label_2")]
    [InlineData("LABEL")]
    public void Parse_AColumnThatRepeatsTheLabel_IsUnknown(string column)
    {
        var scope = new PromptScope(["text", "label", column], "label", ["spam", "ham"]);

        Assert.Throws<UserErrorException>(() => PromptPair.Parse(null, "{{ " + column + " }}", scope, Dataset));
        Assert.Throws<UserErrorException>(() => PromptPair.Parse(null, "{{ columns[\"" + column + "\"] }}", scope, Dataset));
    }

    /// <summary>A whole dictionary printed, or walked, must not show the answer either.</summary>
    [Theory]
    [InlineData("{{ columns }}")]
    [InlineData("{% for pair in columns %}{{ pair[0] }}={{ pair[1] }};{% endfor %}")]
    [InlineData("{% assign name = 'La' | append: 'bel' %}{{ columns[name] }}")]
    public void Render_AllColumns_HoldNoLabel(string template)
    {
        var user = Parse("x" + template).Render(Sample)[0].Content;

        Assert.DoesNotContain("Label", user, StringComparison.Ordinal);
        Assert.DoesNotContain("spam", user, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MistakesInBothTemplates_AreBothTold()
    {
        var error = Assert.Throws<UserErrorException>(() => PromptPair.Parse("{{ one }}", "{{ two }} {{ three }}", Scope, Dataset));

        Assert.Equal(UserErrorKind.Impossible, error.Kind);
        Assert.Single(error.Errors["system"]);
        Assert.Equal(2, error.Errors["user"].Length);
    }

    [Fact]
    public void Render_EmptyPrompt_IsUnusable() => Assert.Throws<PromptRenderingException>(() => Parse("{% if false %}x{% endif %}").Render(Sample));

    [Fact]
    public void Render_EndlessTemplate_EndsAndIsUnusable() =>
        Assert.Throws<PromptRenderingException>(() => Parse("{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}").Render(Sample));

    [Fact]
    public void Render_BlankSystem_SendsTheUserMessageAlone() =>
        Assert.Equal("user", Assert.Single(PromptPair.Parse("  ", "{{ text }}", Scope, Dataset).Render(Sample)).Role);

    private static PromptPair Parse(string user) => PromptPair.Parse(null, user, Scope, Dataset);

    private static string Problem(string user) => Assert.Throws<UserErrorException>(() => Parse(user)).Errors["user"][0];
}
