using CsCheck;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Workbench.Tests.Start;

public sealed class LetterCodesTests
{
    private static readonly Gen<int> Counts = Gen.OneOf(Gen.Int[2, 60], Gen.Int[600, 800], Gen.Const(LetterCodes.MostOfOneLetter), Gen.Const(LetterCodes.MostOfOneLetter + 1));

    [Fact]
    public void For_AnyNumber_GivesCodesThatOneTokenTellsApart() => Counts.Sample(count =>
    {
        var codes = LetterCodes.For(count);
        var labels = codes.Select((code, index) => new LabelDefinition($"label {index}", [code])).ToList();

        Assert.Equal(count, codes.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(LabelSet.Check(labels));
        Assert.Empty(new LabelSet(labels).Clashes);
        Assert.Single(codes.Select(code => code.Length).Distinct()); // none begins another
    });

    [Theory]
    [InlineData(2, "A", "B")]
    [InlineData(26, "A", "Z")]
    [InlineData(27, "AA", "BF")]
    public void For_SoMany_BeginsAndEndsWith(int count, string first, string last)
    {
        var codes = LetterCodes.For(count);

        Assert.Equal((first, last), (codes[0], codes[^1]));
    }

    [Fact]
    public void For_TwoLetters_LeavesOutWordsThatAnyAnswerMayBeginWith()
    {
        var codes = LetterCodes.For(600);

        Assert.DoesNotContain("NO", codes);
        Assert.DoesNotContain("OK", codes);
        Assert.DoesNotContain("IT", codes);
    }

    [Fact]
    public void For_AsManyAsThereAre_AllDiffer() => Assert.Equal(LetterCodes.Most, LetterCodes.For(LetterCodes.Most).Distinct().Count());

    [Fact]
    public void For_MoreThanThereAre_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => LetterCodes.For(LetterCodes.Most + 1));

    [Fact]
    public void Apply_AnyLabels_KeepsNamesAndOrder() => Counts.Sample(count =>
    {
        var labels = Enumerable.Range(0, count).Select(index => new ExperimentLabel($"name {index}")).ToList();
        var coded = LetterCodes.Apply(labels);

        Assert.Equal(labels.Select(label => label.Name), coded.Select(label => label.Name));
        Assert.True(LetterCodes.AreUsedBy(coded));
        Assert.False(LetterCodes.AreUsedBy(labels));
    });
}
