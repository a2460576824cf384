using CsCheck;

namespace LogprobDashboard.Workbench.Tests;

public sealed class NaturalOrderTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab019 "], 0, 8];

    [Theory]
    [InlineData("category 2", "category 10")]
    [InlineData("a", "b")]
    [InlineData("a", "a1")]
    [InlineData("1", "a")]
    [InlineData("x9y", "x10")]
    [InlineData("99999999999999999999999999998", "99999999999999999999999999999")]
    [InlineData("", "0")]
    public void Compare_AsPeopleSort_PutsTheFirstFirst(string first, string second)
    {
        Assert.True(NaturalOrder.Comparer.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Comparer.Compare(second, first) > 0);
    }

    [Fact]
    public void Compare_OfAnyTexts_IsATotalOrder() =>
        Gen.Select(Text, Text, Text).Sample((a, b, c) =>
        {
            var order = NaturalOrder.Comparer;
            Assert.Equal(Math.Sign(order.Compare(a, b)), -Math.Sign(order.Compare(b, a)));
            Assert.Equal(a == b, order.Compare(a, b) == 0);
            if (order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0)
                Assert.True(order.Compare(a, c) <= 0, $"{a} {b} {c}");
        });
}
