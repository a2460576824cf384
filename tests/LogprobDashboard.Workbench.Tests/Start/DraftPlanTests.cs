using CsCheck;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

public sealed class DraftPlanTests
{
    [Fact]
    public void Of_NothingChosen_SaysSoAndCannotCreate()
    {
        var plan = DraftPlan.Of(new DraftContent(), Grounds.With(null));

        Assert.Contains("datasetId", plan.Problems.Keys);
        Assert.False(plan.CanCreate);
    }

    [Fact]
    public void Of_ADatasetThatIsGone_NamesIt()
    {
        var plan = DraftPlan.Of(new DraftContent { DatasetId = "9", DatasetName = "Old tickets" }, Grounds.With(null));

        Assert.Contains("\"Old tickets\" was deleted", Assert.Single(plan.Problems["datasetId"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AChosenDataset_FillsInEverythingElse()
    {
        var dataset = Grounds.Dataset(("ham", 150), ("spam", 50));
        var plan = DraftPlan.Of(Drafting.Choose(new DraftContent(), dataset), Grounds.With(dataset));

        Assert.Empty(plan.Problems);
        Assert.Equal(("Tickets", "spam", DraftPlan.UsualSamples, "7"), (plan.Name, plan.PositiveLabel, plan.Samples, plan.Endpoint?.Id));
        Assert.True(plan.CanRun);
    }

    [Fact]
    public void Of_MistakesByField_StandAtTheirFields()
    {
        var dataset = Grounds.Dataset(("ham", 3), ("spam", 2));
        var content = Drafting.Choose(new DraftContent(), dataset) with
        {
            Name = " ",
            User = "{{ text }}\n{{ nope }}",
            EndpointId = "99",
            Samples = 6,
            Labels = [new DraftLabel("ham", ["x"]), new DraftLabel("spam", ["X"])],
        };
        var plan = DraftPlan.Of(content, Grounds.With(dataset));

        Assert.Equal(["endpointId", "labels[1]", "name", "samples", "user"], plan.Problems.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((2, 4), (plan.PromptProblems[0].Line, plan.PromptProblems[0].Column));
    }

    [Fact]
    public void Of_NoEndpointAtAll_CanCreateButNotRun()
    {
        var dataset = Grounds.Dataset(("ham", 3), ("spam", 2));
        var plan = DraftPlan.Of(Drafting.Choose(new DraftContent(), dataset), new DraftGround(dataset, [], null));

        Assert.True(plan.CanCreate);
        Assert.False(plan.CanRun);
    }

    [Fact]
    public void Of_LabelsThatBeginAlike_NamesThePairsUntilLetterCodesAreUsed()
    {
        var dataset = Grounds.Dataset(("account access", 3), ("account deletion", 2), ("other", 1));
        var content = Drafting.Choose(new DraftContent(), dataset);

        var clash = Assert.Single(DraftPlan.Of(content, Grounds.With(dataset)).Alike);
        Assert.Equal("account ", clash.CommonPrefix);
        var coded = DraftPlan.Of(Drafting.UseLetterCodes(content), Grounds.With(dataset));
        Assert.Empty(coded.Alike);
        Assert.Contains("A: account access\nB: account deletion\nC: other", coded.User, StringComparison.Ordinal);
    }

    [Fact]
    public void UseLetterCodes_WithAPromptOfOnesOwn_KeepsItAndTellsTheCodes()
    {
        var dataset = Grounds.Dataset(("billing", 3), ("bills", 2));
        var content = Drafting.Choose(new DraftContent(), dataset) with { System = "", User = "My own words: {{ text }}" };
        var plan = DraftPlan.Of(Drafting.UseLetterCodes(content), Grounds.With(dataset));

        Assert.EndsWith("My own words: {{ text }}", plan.User, StringComparison.Ordinal);
        Assert.Contains("A: billing\nB: bills", plan.User, StringComparison.Ordinal);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void UseLetterCodes_MoreThan26Labels_UsesTwoLettersAndStaysReady()
    {
        var dataset = Grounds.Dataset([.. Enumerable.Range(0, 60).Select(index => ($"intent {index:00}", index + 1))]);
        var plan = DraftPlan.Of(Drafting.UseLetterCodes(Drafting.Choose(new DraftContent(), dataset)), Grounds.With(dataset));

        Assert.Empty(plan.Alike);
        Assert.True(plan.CanRun);
        Assert.True(plan.HasLongCodes);
        Assert.Contains("AA: intent 59", plan.User, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_AnotherDataset_KeepsTheWordsOfLabelsItHasToo()
    {
        var content = Drafting.Replace(Drafting.Choose(new DraftContent(), Grounds.Dataset(("ham", 3), ("spam", 2))), 1, new DraftLabel("spam", ["Yes"]));
        var chosen = Drafting.Choose(content, Grounds.Dataset(("spam", 5), ("ham", 4), ("phish", 3)));

        Assert.Equal(["spam=Yes", "ham=ham", "phish=phish"], chosen.Labels.Select(label => $"{label.Name}={string.Join(',', label.Words!)}"));
    }

    [Fact]
    public void Choose_DataWithoutLabels_KeepsThoseThatWereTyped()
    {
        var content = new DraftContent { Labels = [new DraftLabel("a"), new DraftLabel("b")] };

        Assert.Equal(["a", "b"], Drafting.Choose(content, Grounds.Dataset()).Labels.Select(label => label.Name));
    }

    [Fact]
    public void Replace_ThePositiveLabelsName_KeepsItPositive()
    {
        var content = new DraftContent { Labels = [new DraftLabel("a"), new DraftLabel("b")], PositiveLabel = "b" };

        Assert.Equal("bee", Drafting.Replace(content, 1, new DraftLabel("bee")).PositiveLabel);
        Assert.Equal("b", Drafting.Replace(content, 0, new DraftLabel("bee")).PositiveLabel);
    }

    [Fact]
    public void Move_AnyLabelAnywhere_LosesNone() =>
        Gen.Select(Gen.Int[-2, 8], Gen.Int[-2, 2]).Sample((index, by) =>
        {
            var content = new DraftContent { Labels = [.. "abcde".Select(letter => new DraftLabel(letter.ToString()))] };

            Assert.Equal("abcde", string.Concat(Drafting.Move(content, index, by).Labels.Select(label => label.Name).Order(StringComparer.Ordinal)));
        });
}
