using Bunit;
using LogprobDashboard.Web.Prompts;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class SampleBarTests : BunitContext
{
    [Fact]
    public void SampleBar_OfASample_LeadsToItsNeighbours()
    {
        var bar = BarOf(PromptsState.Default.WithSample(257).WithLabel("ham"));
        Assert.Equal("/experiments/7/prompts?sample=200&label=ham", bar.Find("a[aria-label='Previous sample']").GetAttribute("href"));
        Assert.Equal("/experiments/7/prompts?sample=300&label=ham", bar.Find("a[aria-label='Next sample']").GetAttribute("href"));
        Assert.Equal("Sample 257", bar.Find("h2").TextContent);
        Assert.Equal("Mmm so yummy\u200B", bar.Find("pre").TextContent);
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("5000", 999)]
    [InlineData("-1", null)]
    [InlineData("x", null)]
    public void SampleBar_OnATypedIndex_GoesThereOrStays(string typed, int? expected)
    {
        int? chosen = null;
        var bar = BarOf(PromptsState.Default, index => chosen = index);
        bar.Find("input[type=number]").Change(typed);
        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void SampleBar_WithInvisibleCharacters_WritesThemOut() =>
        Assert.Equal("Mmm so yummy[U+200B]", BarOf(PromptsState.Default.WithInvisible(true)).Find("pre").TextContent);

    [Fact]
    public void SampleBar_OfALabelThatNoSampleCarries_SaysSo() =>
        Assert.Contains("No sample carries the label spam", BarOf(PromptsState.Default.WithLabel("spam")).Markup, StringComparison.Ordinal);

    [Fact]
    public void MarkedText_OfSeveralLines_KeepsThem() => Assert.Equal("a␣⏎\n⏎\n⇥b", MarkedText.Of("a \n\n\tb", invisible: true));

    private IRenderedComponent<SampleBar> BarOf(PromptsState state, Action<int>? onSample = null) => Render<SampleBar>(parameters => parameters
        .Add(p => p.Screen, Screens.Screen()).Add(p => p.State, state).Add(p => p.OnSample, index => onSample?.Invoke(index)));
}
