using CsCheck;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class SampleSelectionTests
{
    private static readonly SampleColumns Samples = new([], [.. Enumerable.Repeat(-1, 300)], ["a", "b", "c"], [.. Enumerable.Range(0, 300).Select(index => (index % 4) - 1)]);

    [Fact]
    public void Of_LargerLimit_ContainsTheSmaller() =>
        Gen.Select(Gen.Int[1, 350], Gen.Int[1, 350], Gen.Long).Sample((one, other, seed) =>
        {
            var (small, large) = (SampleSelection.Of(Samples, [], Math.Min(one, other), seed), SampleSelection.Of(Samples, [], Math.Max(one, other), seed));
            Assert.Equal(small, large.Take(small.Length));
            Assert.Equal(large.Length, large.Distinct().Count());
        });

    [Fact]
    public void Of_NoLimit_IsEverySampleOnce() => Assert.Equal(Enumerable.Range(0, 300), SampleSelection.Of(Samples, [], null, 7).Order());

    [Fact]
    public void Of_Sources_TakesOnlyThose()
    {
        var selected = SampleSelection.Of(Samples, ["a", "c"], null, 7);

        Assert.Equal(Enumerable.Range(0, 300).Where(index => index % 4 is 1 or 3), selected.Order());
    }

    [Fact]
    public void Of_OtherSeed_IsAnotherOrder() => Assert.NotEqual(SampleSelection.Of(Samples, [], 20, 1), SampleSelection.Of(Samples, [], 20, 2));
}
