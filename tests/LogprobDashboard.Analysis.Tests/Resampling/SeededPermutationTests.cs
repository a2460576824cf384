using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Resampling;

/// <summary>The expected numbers come from an implementation of the same published generators in another language.</summary>
public sealed class SeededPermutationTests
{
    [Theory]
    [InlineData(0, new[] { 6, 7, 2, 5, 8, 9, 1, 4, 3, 0 })]
    [InlineData(42, new[] { 0, 4, 7, 9, 3, 8, 5, 1, 2, 6 })]
    [InlineData(-1, new[] { 5, 7, 6, 8, 1, 3, 4, 9, 2, 0 })]
    public void Create_GivenSeed_IsTheSameForEver(long seed, int[] expected) => Assert.Equal(expected, SeededPermutation.Create(10, seed));

    [Fact]
    public void Create_AMillion_IsTheSameForEver()
    {
        var order = SeededPermutation.Create(1_000_000, 7);

        Assert.Equal([700576, 278751, 839627, 981097, 990860], order[..5]);
        Assert.Equal([919136, 838114, 969089, 198230, 848489], order[^5..]);
        Array.Sort(order);
        Assert.Equal(Enumerable.Range(0, 1_000_000), order);
    }

    [Fact]
    public void Create_NoneOrOne_IsTrivial()
    {
        Assert.Empty(SeededPermutation.Create(0, 1));
        Assert.Equal([0], SeededPermutation.Create(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeededPermutation.Create(-1, 1));
    }

    [Fact]
    public void Create_AllOrdersOfThree_AreEquallyLikely()
    {
        var counts = Enumerable.Range(0, 60_000).CountBy(seed => string.Join(' ', SeededPermutation.Create(3, seed))).ToList();

        Assert.Equal(6, counts.Count);
        Assert.All(counts, order => Assert.InRange(order.Value, 9_500, 10_500));
    }

    [Fact]
    public void NextUInt64_KnownState_GivesThePublishedNumbers()
    {
        var generator = new SeededGenerator(1, 2, 3, 4);

        Assert.Equal(
            [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832],
            Enumerable.Range(0, 8).Select(_ => generator.NextUInt64()));
    }

    [Fact]
    public void SplitMix64_KnownSeed_GivesThePublishedNumber()
    {
        var state = 1234567UL;

        Assert.Equal(6457827717110365317UL, SeededGenerator.SplitMix64(ref state));
    }

    [Fact]
    public void NextDoubleAndNextInt32_StayInRange()
    {
        var generator = new SeededGenerator(3);
        for (var draw = 0; draw < 10_000; draw++)
        {
            Assert.InRange(generator.NextDouble(), 0, 1 - double.Epsilon);
            Assert.InRange(generator.NextInt32(7), 0, 6);
        }

        Assert.Equal(0, generator.NextInt32(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.NextInt32(0));
    }
}
