namespace LogprobDashboard.DemoModel.Tests.Reading;

/// <summary>Only the sample's text may decide: the same text in another frame of the same meaning, and other texts in the same frame.</summary>
public sealed class SampleFindingTests
{
    private const string Labels = "junk: prizes, casino, lottery\nkeep: dinner, station, homework\n\nAnswer junk or keep.";

    public static TheoryData<string> Frames => new()
    {
        Labels + "\n\nMessage: {0}\n\nAnswer:",
        Labels + "\n\nMessage:\n{0}\n\nAnswer:\n",
        Labels + "\n\nText: \"{0}\"\nLabel:",
        Labels + "\n\n### Input\n{0}\n\n### Output:",
        Labels + "\n\nClassify the following message:\n\n{0}",
        Labels + "\n\nClassify this: {0}",
        Labels + "\n\n{0}",
        Labels + "\n\n<message>\n{0}\n</message>\n\nAnswer:",
        Labels + "\n\n```\n{0}\n```",
        Labels + "\n\n\"\"\"{0}\"\"\"\n\nAnswer with one word.",
        Labels + "\n\nMessage: {0}\n\nAnswer with junk or keep only:",
        Labels + "\n\nMessage to classify: {0}\n\nWhich label is it?\n\nAnswer:",
        Labels + "\n\n\"you won\" -> junk\n\"at the station\" -> keep\n\"{0}\" ->",
        Labels + "\n\nQ: you won\nA: junk\nQ: at home\nA: keep\nQ: {0}\nA:",
        Labels + "\n\nMessage: you won\nAnswer: junk\n\nMessage: at home\nAnswer: keep\n\nMessage: {0}\nAnswer:",
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Sample_InAnyFrame_DecidesTheAnswer(string frame)
    {
        Assert.Equal("junk", Chat.Answer(Chat.Request(frame.Replace("{0}", "the casino has prizes", StringComparison.Ordinal))));
        Assert.Equal("keep", Chat.Answer(Chat.Request(frame.Replace("{0}", "homework after dinner", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Sample_OfSeveralLines_IsReadWhole(string frame)
    {
        // After a blank line alone nothing tells where a text of several paragraphs begins; a single line break must not hide anything.
        var first = frame.Replace("{0}", "casino lottery\nok\nsee you", StringComparison.Ordinal);

        Assert.Equal("junk", Chat.Answer(Chat.Request(first)));
    }

    [Theory]
    [InlineData("Is this spam? Answer with Yes or No.\n{0}\nAnswer:")]
    [InlineData("Is this spam? Answer with Yes or No.\n{0}")]
    [InlineData("Is it an advert?\nYes: casino, prizes. No: homework, dinner. Answer only Yes or No.\n{0}\nAnswer:")]
    public void Sample_RightBelowItsInstruction_IsAnsweredByALabelWord(string frame)
    {
        foreach (var text in new[] { "the casino has prizes", "homework after dinner", "Say yes or no to homework", "a" })
            Assert.Contains(Chat.Answer(Chat.Request(frame.Replace("{0}", text, StringComparison.Ordinal))), (string[])["Yes", "No"]);
    }

    [Theory]
    [InlineData("<message>\n{0}\n</message>\n\nAnswer:")]
    [InlineData("```\n{0}\n```")]
    [InlineData("Message:\n{0}\n\nAnswer:")]
    [InlineData("Classify the following message:\n\n{0}\n\nAnswer:")]
    public void Sample_OfSeveralParagraphs_IsReadWholeWhereItsBeginIsMarked(string frame) =>
        Assert.Equal("junk", Chat.Answer(Chat.Request($"{Labels}\n\n{frame}".Replace("{0}", "casino lottery\n\nok\n\nsee you", StringComparison.Ordinal))));

    [Theory]
    [InlineData(" ")]
    [InlineData("a ")]
    [InlineData("-")]
    [InlineData("is the text : ")]
    [InlineData("x\n")]
    [InlineData("Message: ")]
    [InlineData("Text: a\nAnswer: junk\n")]
    [InlineData("\t|")]
    [InlineData("\"")]
    public void Sample_VeryLong_IsAnsweredInTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.InRange(Chat.Probability(Chat.Request(Labels + "\n\nMessage: " + text + "\n\nAnswer:"), "junk"), 1e-9, 1);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public void Sample_InTheLastUserMessage_IsReadWholeAfterASystemMessage()
    {
        Assert.Equal("junk", Chat.Answer(Chat.Request(("system", Labels), ("user", "casino lottery\n\nok\n\nsee you"))));
        Assert.Equal("keep", Chat.Answer(Chat.Request(("system", Labels), ("user", "homework"), ("assistant", "Answer:"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Answer: junk")]
    [InlineData("Message: Message: Message:")]
    [InlineData("\"\"\"")]
    [InlineData("<message>")]
    [InlineData("->")]
    [InlineData("\uE000")]
    public void Sample_ThatLooksLikeAFrame_IsAnsweredWithALabel(string text)
    {
        foreach (var frame in (IEnumerable<object[]>)Frames)
            Assert.InRange(Chat.Probability(Chat.Request(((string)frame[0]).Replace("{0}", text, StringComparison.Ordinal)), "junk"), 1e-9, 1);
    }
}
