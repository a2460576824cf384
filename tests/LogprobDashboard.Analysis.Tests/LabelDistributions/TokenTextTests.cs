using System.Text;

using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

public sealed class TokenTextTests
{
    [Theory]
    [InlineData("Yes", "yes")]
    [InlineData(" YES", "yes")]
    [InlineData("ĠYes", "yes")]
    [InlineData("▁▁Yes", "yes")]
    [InlineData("ĊĊYes", "yes")]
    [InlineData("<0x0A>Yes", "yes")]
    [InlineData("<0xE2><0x80><0x9C>Yes", "yes")]
    [InlineData("<0xe3><0x81><0x82>", "あ")]
    [InlineData("\u00A0\u2003\tYes\r\n", "yes")]
    [InlineData("\"'**_`Yes`_**'\".:,", "yes")]
    [InlineData("(Yes)", "yes")]
    [InlineData("[{\u300CYes\u300D}]", "yes")]
    [InlineData("\u201CYes\u201D \u00ABYes\u00BB", "yes\u201D \u00AByes")]
    [InlineData(" \" Yes , ", "yes")]
    [InlineData("Yes!", "yes!")]
    [InlineData("-1", "-1")]
    [InlineData("New York", "new york")]
    [InlineData("A.B", "a.b")]
    [InlineData("Ġ", "")]
    [InlineData("**", "")]
    [InlineData("", "")]
    public void Normalize_OneToken_MarksTranslatedThenTrimmedThenFolded(string token, string expected) =>
        Assert.Equal(expected, TokenText.Normalize(token));

    [Theory]
    [InlineData("<0x0>", "<0x0>")]
    [InlineData("<0xZZ>", "<0xzz>")]
    [InlineData("YesĠ", "yesġ")]
    public void Normalize_MarkElsewhereOrMalformed_Stays(string token, string expected) => Assert.Equal(expected, TokenText.Normalize(token));

    [Theory]
    [InlineData("ſ", "s")]
    [InlineData("ΣΑΣ", "σας")]
    [InlineData("ẞ", "ß")]
    [InlineData("\u212A", "k")]
    [InlineData("ДА", "да")]
    [InlineData("𐐀", "𐐨")]
    public void Normalize_CaseVariants_FoldAlike(string one, string other) => Assert.Equal(TokenText.Normalize(one), TokenText.Normalize(other));

    [Theory]
    [InlineData("ß", "ss")]
    [InlineData("I", "ı")]
    [InlineData("i", "İ")]
    [InlineData("ﬁ", "fi")]
    public void Normalize_FullFoldingOnly_StaysApart(string one, string other) => Assert.NotEqual(TokenText.Normalize(one), TokenText.Normalize(other));

    [Fact]
    public void Normalize_ComposedAndDecomposed_AreOne() => Assert.Equal(TokenText.Normalize("caf\u00E9"), TokenText.Normalize("cafe\u0301"));

    [Fact]
    public void Normalize_BytesThere_BytesCount() =>
        Assert.Equal("да", TokenText.Normalize(new TokenLogprob("\u00D0\u0094a", null, Encoding.UTF8.GetBytes(" Да"))));

    [Fact]
    public void Normalize_MarkInBytes_IsTranslatedToo() => Assert.Equal("yes", TokenText.Normalize(Answers.InUtf8("ĠYes", 1)));

    [Fact]
    public void Normalize_EmptyBytes_TokenCounts() => Assert.Equal("yes", TokenText.Normalize(Answers.WithBytes("Yes", 1)));

    [Fact]
    public void Normalize_SeveralTokens_JoinedBeforeTrimming()
    {
        Assert.Equal("new york", TokenText.Normalize([new TokenLogprob("ĠNew", null), new TokenLogprob("ĠYork.", null)]));
        Assert.Equal("a.b", TokenText.Normalize([new TokenLogprob("A.", null), new TokenLogprob("B", null)]));
        Assert.Equal("", TokenText.Normalize(Array.Empty<TokenLogprob>()));
    }

    [Fact]
    public void Normalize_CharacterSplitOverTokens_IsWholeAgain()
    {
        var apple = Encoding.UTF8.GetBytes("🍎");

        Assert.Equal("🍎", TokenText.Normalize([Answers.WithBytes("\uFFFD", 1, apple[..2]), Answers.WithBytes("\uFFFD", 1, apple[2..])]));
        Assert.Equal("\uFFFD", TokenText.Normalize(Answers.WithBytes("\uFFFD", 1, apple[..2])));
    }

    [Theory]
    [InlineData("\uD83D")]
    [InlineData("\uFFFE")]
    [InlineData("a\uDC00b")]
    public void Normalize_TextThatIsNoUnicode_DoesNotThrow(string token) => Assert.Contains('\uFFFD', TokenText.Normalize(token));

    [Fact]
    public void Text_ForPeople_IsNeitherTrimmedNorFolded()
    {
        Assert.Equal(" \"Yes", TokenText.Text(new("Ġ\"Yes", null)));
        Assert.Equal("\nYes", TokenText.Text(new("ĊYes", null)));
    }
}
