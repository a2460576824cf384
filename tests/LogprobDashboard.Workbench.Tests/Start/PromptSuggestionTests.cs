using CsCheck;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

public sealed class PromptSuggestionTests
{
    [Fact]
    public void For_FewShortNames_AsksForOneOfThem()
    {
        var prompt = PromptSuggestion.For([new("spam", ["spam"]), new("ham", ["ham"])]);

        Assert.StartsWith("Answer with exactly one of: spam, ham.", prompt.User, StringComparison.Ordinal);
        Assert.Contains("{{ text }}", prompt.User, StringComparison.Ordinal);
    }

    [Fact]
    public void For_Codes_HasALineForEachLabel()
    {
        var prompt = PromptSuggestion.For(LetterCodes.Apply([new("billing"), new("bug report")]));

        Assert.Contains("\nA: billing\nB: bug report\n", prompt.User, StringComparison.Ordinal);
        Assert.Contains("Answer with its letter alone.", prompt.User, StringComparison.Ordinal);
    }

    [Fact]
    public void For_YesAndNo_SaysWhatTheyStandFor()
    {
        var prompt = PromptSuggestion.For([new("toxic", ["Yes"]), new("not toxic", ["No"])]);

        Assert.Contains("\nYes: toxic\nNo: not toxic\n", prompt.User, StringComparison.Ordinal);
        Assert.Contains("exactly one of: Yes, No.", prompt.User, StringComparison.Ordinal);
    }

    /// <summary>Labels that look like template text, hold braces or several lines, are sent as they are.</summary>
    [Fact]
    public void For_AnyNames_FilledInNamesEveryLabel() =>
        Gen.Select(Gen.String[Gen.Char["ab {}%\n:,\"raw"], 1, 12].Array[2, 9], Gen.Bool).Sample((given, codes) =>
        {
            var names = given.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct().ToList();
            if (names.Count < 2)
                return;
            IReadOnlyList<ExperimentLabel> labels = [.. names.Select(name => new ExperimentLabel(name, [name]))];
            var content = new DraftContent { DatasetId = "1", Labels = [.. (codes ? LetterCodes.Apply(labels) : labels).Select(label => new DraftLabel(label.Name, label.Words))] };
            var plan = DraftPlan.Of(content, new DraftGround(Grounds.Dataset(), [], null));
            var filled = plan.Preview(new SampleRecord(0, null, "THE TEXT", null, null, new Dictionary<string, object?>()));

            Assert.Null(filled.Problem);
            Assert.Contains("THE TEXT", filled.Messages[^1].Content, StringComparison.Ordinal);
            Assert.All(names, name => Assert.Contains(name, filled.Messages[^1].Content, StringComparison.Ordinal));
        });

    [Fact]
    public void Tell_PromptWithoutLines_PutsThemFirst()
    {
        var told = PromptSuggestion.Tell("Sort this:\n{{ text }}", LetterCodes.Apply([new("billing"), new("bug")]));

        Assert.EndsWith("\nA: billing\nB: bug\n\nSort this:\n{{ text }}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_PromptThatWasToldBefore_ReplacesTheLines()
    {
        const string Own = "Sort this.\n\nbilling: billing\nbug: bug\n\nText: {{ text }}";

        Assert.Equal("Sort this.\n\nA: billing\nB: bug\n\nText: {{ text }}", PromptSuggestion.Tell(Own, LetterCodes.Apply([new("billing"), new("bug")])));
    }

    [Fact]
    public void Tell_Twice_ChangesNothingMore() =>
        Gen.String[Gen.Char["ab :\n"], 0, 40].Sample(user =>
        {
            var labels = LetterCodes.Apply([new("a"), new("b b")]);
            var once = PromptSuggestion.Tell(user, labels);

            Assert.Equal(once, PromptSuggestion.Tell(once, labels));
        });
}
