using System.Text;

using LogprobDashboard.Analysis.LabelDistributions;

using static LogprobDashboard.Analysis.Tests.LabelDistributions.Answers;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>Which position is read, and how labels longer than one token are told apart along the generated path.</summary>
public sealed class AnswerPathTests
{
    private const int Digits = 12;

    [Fact]
    public void Read_EmptyPositionsFirst_AreSkipped()
    {
        var answer = YesNo.Read([Position(("\n", 0.9), ("Yes", 0.1)), Position(("**", 1)), Position(("No", 0.8), ("Yes", 0.2))]);

        Assert.Equal(2, answer.AnswerPosition);
        Assert.Equal(0.8, answer.Masses[1], Digits);
        Assert.Equal(1, answer.AnswerLabel);
    }

    [Fact]
    public void Read_OneAnswerTokenThatIsEmpty_IsReadAllTheSame()
    {
        var answer = YesNo.Read([Position(("\n", 0.5), ("Yes", 0.4), ("No", 0.1))]);

        Assert.Equal(0, answer.AnswerPosition);
        Assert.Equal(0.4, answer.Masses[0], Digits);
    }

    [Fact]
    public void Read_AllPositionsEmpty_TheFirstIsRead() => Assert.Equal(0, YesNo.Read([Position((" ", 1)), Position(("\n", 1))]).AnswerPosition);

    [Fact]
    public void Read_LaterPositions_AreIgnoredWhereTheTokenIsClear()
    {
        var answer = YesNo.Read([Position(("Yes", 0.7), ("No", 0.3)), Position(("No", 1))]);

        Assert.Equal(0.7, answer.Masses[0], Digits);
        Assert.Equal(0.3, answer.Masses[1], Digits);
    }

    [Fact]
    public void Read_ChosenAmbiguous_IsSharedOutOverTheNextPosition()
    {
        var answer = Reader(("positive", []), ("possible", []), ("neutral", [])).Read([
            Position(("pos", 0.8), ("ne", 0.1)),
            Position(("itive", 0.6), ("sible", 0.3), ("t", 0.05)),
        ]);

        Assert.Equal(0.48, answer.Masses[0], Digits);
        Assert.Equal(0.24, answer.Masses[1], Digits);
        Assert.Equal(0.1, answer.Masses[2], Digits);
        Assert.Equal(0.8 * 0.05, answer.OffLabelMass, Digits);
        Assert.Equal(0.1 + (0.8 * 0.05), answer.UnseenMass, Digits);
        Assert.Equal(1, answer.Coverage + answer.OffLabelMass + answer.UnseenMass, Digits);
    }

    [Fact]
    public void Read_ChosenAmbiguousWithoutAnotherPosition_StaysOffLabel()
    {
        var answer = Reader(("positive", []), ("possible", []), ("neutral", [])).Read([Position(("pos", 0.8), ("ne", 0.1))]);

        Assert.Equal(0.8, answer.OffLabelMass, Digits);
        Assert.Equal(0.1, answer.UnseenMass, Digits);
    }

    [Fact]
    public void Read_AmbiguousTwice_GoesOnAlongThePath()
    {
        var answer = Reader(("New York", []), ("New Jersey", []), ("Jordan", [])).Read([
            Position(("ĠNew", 0.9), ("Jord", 0.1)),
            Position(("Ġ", 0.5), ("ĠYork", 0.25), ("ĠJersey", 0.25)),
            Position(("J", 0.6), ("Y", 0.3)),
        ]);

        Assert.Equal((0.9 * 0.25) + (0.9 * 0.5 * 0.3), answer.Masses[0], Digits);
        Assert.Equal((0.9 * 0.25) + (0.9 * 0.5 * 0.6), answer.Masses[1], Digits);
        Assert.Equal(0.1, answer.Masses[2], Digits);
        Assert.Equal(0.9 * 0.5 * 0.1, answer.UnseenMass, Digits);
    }

    [Fact]
    public void Read_AmbiguousTokenOffThePath_StaysAmbiguous()
    {
        var answer = OneToTen().Read([Position(("2", 0.7), ("1", 0.2)), Position(("0", 1))]);

        Assert.Equal(0.7, answer.Masses[1], Digits);
        Assert.True(answer.Censored[0]);
        Assert.Equal(0.2, answer.OffLabelMass, Digits);
    }

    [Fact]
    public void Read_WholeWordThatBeginsAnother_IsSharedOutToo()
    {
        var answer = OneToTen().Read([Position(("1", 0.9), ("3", 0.1)), Position(("0", 0.7), ("\n", 0.2), ("5", 0.1))]);

        Assert.Equal(0.63, answer.Masses[9], Digits);
        Assert.Equal(0.18, answer.Masses[0], Digits);
        Assert.Equal(0.09, answer.OffLabelMass, Digits);
        Assert.Equal(9, answer.Predicted);
    }

    [Fact]
    public void Read_PathEndsAmbiguous_LastPositionTakesTheWholeWord()
    {
        var answer = OneToTen().Read([Position(("1", 0.9)), Position(("\n", 0.8), ("0", 0.2)), Position(("\n", 1))]);

        Assert.Equal(0.9 * 0.8, answer.Masses[0], Digits);
        Assert.Equal(0.9 * 0.2, answer.Masses[9], Digits);
    }

    /// <summary>The ways in which servers show that the text ended, chosen and not chosen, with and without a position after it.</summary>
    [Theory]
    [InlineData("<|eot_id|>")]
    [InlineData("<|im_end|>")]
    [InlineData("<｜end▁of▁sentence｜>")]
    [InlineData("</s>")]
    [InlineData("<eos>")]
    [InlineData("<end_of_turn>")]
    [InlineData("")]
    public void Read_PathThatEnds_IsTheWordAsItStands(string end)
    {
        var chosen = OneToTen().Read([Position(("1", 0.9), ("3", 0.1)), Position((end, 0.8), ("0", 0.15), ("5", 0.05))]);
        var other = OneToTen().Read([Position(("1", 0.9)), Position(("0", 0.7), (end, 0.3)), Position((end, 1))]);
        var withBytes = OneToTen().Read([Position(("1", 0.9)), new(InUtf8(end, 0.8), [InUtf8(end, 0.8), InUtf8("0", 0.2)])]);

        Assert.Equal((0.72, 0.135), (Math.Round(chosen.Masses[0], Digits), Math.Round(chosen.Masses[9], Digits)));
        Assert.Equal(0.9 * 0.05, chosen.OffLabelMass, Digits);
        Assert.Equal((0, false), (chosen.Predicted, chosen.AnswerMismatch));
        Assert.Equal((0.27, 0.63), (Math.Round(other.Masses[0], Digits), Math.Round(other.Masses[9], Digits)));
        Assert.Equal((9, 9), (other.Predicted, other.AnswerLabel));
        Assert.Equal((0.72, 0.18), (Math.Round(withBytes.Masses[0], Digits), Math.Round(withBytes.Masses[9], Digits)));
    }

    [Fact]
    public void Read_PathThatEndsWithinAWord_MatchesNone()
    {
        var answer = Reader(("positive", []), ("possible", []), ("neutral", [])).Read([Position(("pos", 0.8), ("ne", 0.1)), Position(("</s>", 0.9), ("itive", 0.1)), Position(("itive", 1))]);

        Assert.Equal(0.8 * 0.1, answer.Masses[0], Digits);
        Assert.Equal(0.8 * 0.9, answer.OffLabelMass, Digits);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("<b>")]
    [InlineData("<|")]
    [InlineData(" ")]
    public void Read_PathGoesOnWithOrdinaryText_DoesNotEnd(string token) =>
        Assert.True(OneToTen().Read([Position(("1", 0.9)), Position(("0", 0.7), (token, 0.3)), Position(("x", 1))]).Censored[0]);

    [Fact]
    public void Read_NextPositionWithoutUsableLogProbability_DoesNotCount() =>
        Assert.Equal(0.9, OneToTen().Read([Position(("1", 0.9)), new(new("0", -9999.0), [])]).Masses[0], Digits);

    [Fact]
    public void Read_ChosenAmbiguousButUnusable_SharesNothing()
    {
        var answer = OneToTen().Read([new(new("1", -9999.0), [new("2", Math.Log(0.5))]), Position(("0", 1))]);

        Assert.Equal([1], Enumerable.Range(0, 10).Where(label => !answer.Censored[label]));
        Assert.Equal(0.5, answer.UnseenMass, Digits);
        Assert.Equal(1, answer.DroppedLogProbabilities);
    }

    [Fact]
    public void Read_PathProducts_BoundTheImputedValue()
    {
        var answer = Reader(("positive", []), ("possible", []), ("neutral", [])).Read([
            Position(("pos", 0.8), ("x", 0.15)),
            Position(("itive", 0.99), ("sible", 0.01)),
        ]);

        Assert.Equal(0.8 * 0.01, answer.Masses[2], Digits);
        Assert.Equal([false, false, true], answer.Censored);
    }

    [Fact]
    public void Read_VeryUnlikelyPath_KeepsEveryMassAboveZero()
    {
        var answer = OneToTen().Read([Sent(("1", -650.0), ("2", -0.1)), Sent(("0", -650.0), ("\n", -0.1))]);

        Assert.Equal(Math.Exp(-700), answer.Masses[9]);
        Assert.All(answer.Masses, mass => Assert.True(mass > 0));
    }

    [Fact]
    public void Read_CharacterSplitOverThePath_IsJoinedByBytes()
    {
        var (up, down) = (Encoding.UTF8.GetBytes("👍"), Encoding.UTF8.GetBytes("👎"));
        var start = WithBytes("\uFFFD", 0.8, up[..3]);
        AnswerPosition[] positions = [new(start, [start]), new(WithBytes("\uFFFD", 0.75, up[3]), [WithBytes("\uFFFD", 0.75, up[3]), WithBytes("\uFFFD", 0.25, down[3])])];

        var answer = Reader(("good", ["👍"]), ("bad", ["👎"])).Read(positions);

        Assert.Equal(0.6, answer.Masses[0], Digits);
        Assert.Equal(0.2, answer.Masses[1], Digits);
        Assert.Equal(0, answer.AnswerLabel);
    }

    [Fact]
    public void Read_PartOfACharacter_IsAPrefixLikeAnyOther()
    {
        var (a, b) = (Encoding.UTF8.GetBytes("あ"), Encoding.UTF8.GetBytes("💧"));
        var reader = Reader(("a", ["xあ"]), ("b", ["💧"]));

        Assert.Equal(0, reader.MatchToken(WithBytes("x\uFFFD", 1, (byte)' ', (byte)'X', a[0], a[1]), furtherPosition: false));
        Assert.Equal(1, reader.MatchToken(WithBytes("\uFFFD", 1, b[..2]), furtherPosition: true));
        Assert.Null(reader.MatchToken(WithBytes("\uFFFD", 1, a[..2]), furtherPosition: true));
        Assert.Null(reader.MatchToken(WithBytes("\uFFFD", 1, b[2]), furtherPosition: true));
    }
}
