using LogprobDashboard.Web.Distributions;

namespace LogprobDashboard.Web.Tests.Distributions;

public sealed class InlineTextTests
{
    [Theory]
    [InlineData(" as is\n", " as is\n")]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "12345678…")]
    [InlineData("1234567😀9", "1234567…")]
    [InlineData("  ", "␣␣")]
    [InlineData("", "(empty)")]
    public void Inline_OfAText_IsTheTextOrItsStart(string text, string shown) => Assert.Equal(shown, VisibleText.Inline(text, 8));
}
