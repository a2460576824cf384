using System.Globalization;
using CsCheck;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class SliceColumnTests
{
    private static readonly Gen<string?> Value = Gen.OneOf(Gen.Const((string?)null), Gen.Int[0, 300].Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)), Gen.Int[0, 80].Select(number => (string?)$"word {number}"));

    [Fact]
    public void SliceColumn_OfAnyValues_GivesEverySampleWithAValueOneSlice() =>
        Value.Array[0, 400].Sample(values =>
        {
            var column = SliceColumn.Of("c", values);
            Assert.Equal(values.Length, column.Codes.Length);
            Assert.Equal(column.Values.Distinct(), column.Values);
            Assert.InRange(column.Values.Count, 0, SliceColumn.MostValues + 1);
            Assert.All(values.Zip(column.Codes), pair => Assert.Equal(pair.First is null, pair.Second < 0));
            Assert.All(column.Codes, code => Assert.InRange(code, -1, column.Values.Count - 1));
            Assert.All(column.Values, (value, code) => Assert.Equal(code, column.CodeOf(value)));
        });

    [Fact]
    public void SliceColumn_OfManyNumbers_IsCutAtItsQuartiles()
    {
        var column = SliceColumn.Of("length", [.. Enumerable.Range(1, 101).Select(number => number.ToString(CultureInfo.InvariantCulture)), null]);
        Assert.Equal(SliceBinning.Quartiles, column.Binning);
        Assert.Equal(["at most 26", "above 26 to 51", "above 51 to 76", "above 76"], column.Values); // numpy.quantile(range(1, 102), [.25, .5, .75])
        Assert.Equal([26, 25, 25, 25], column.Codes.Where(code => code >= 0).CountBy(code => code).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal((0, 1, -1), (column.Codes[25], column.Codes[26], column.Codes[101]));
    }

    [Fact]
    public void SliceColumn_OfManyWords_KeepsTheMostFrequent()
    {
        var column = SliceColumn.Of("id", [.. Enumerable.Range(0, 60).Select(number => $"word {number}"), "word 59", "word 58"]);
        Assert.Equal(SliceBinning.MostFrequent, column.Binning);
        Assert.Equal(SliceColumn.MostValues + 1, column.Values.Count);
        Assert.Equal(SliceColumn.Others, column.Values[^1]);
        Assert.Contains("word 59", column.Values);
        Assert.Equal(10, column.Codes.Count(code => code == column.CodeOf(SliceColumn.Others)));
    }

    [Fact]
    public void SliceColumn_WhoseQuartilesAreOneNumber_HasFewerBins()
    {
        var values = Enumerable.Repeat("0", 1000).Concat(Enumerable.Range(1, 60).Select(number => number.ToString(CultureInfo.InvariantCulture))).ToList();
        var column = SliceColumn.Of("c", values);
        Assert.Equal(["at most 0", "above 0"], column.Values);
        Assert.Equal(60, column.Codes.Count(code => code == 1));
    }
}
