using Bunit;
using CsCheck;
using LogprobDashboard.Web.Prompts;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class TextDiffTests : BunitContext
{
    private static readonly Gen<string> Text = Gen.OneOfConst("a", "b", "same line", "one two", "one three", "").Array[0, 12].Select(lines => string.Join('\n', lines));

    [Fact]
    public void TextDiff_OfAnyTwoTexts_GivesBothBackLineByLine() => Gen.Select(Text, Text).Sample((before, after) =>
    {
        var lines = TextDiff.Of(before, after);
        Assert.Equal(before, string.Join('\n', lines.Where(line => line.Kind != DiffKind.Added).Select(line => line.Text)));
        Assert.Equal(after, string.Join('\n', lines.Where(line => line.Kind != DiffKind.Removed).Select(line => line.Text)));
        Assert.Equal(lines.Where(line => line.Before is not null).Select(line => line.Before!.Value), Enumerable.Range(1, lines.Count(line => line.Before is not null)));
        Assert.Equal(lines.Where(line => line.After is not null).Select(line => line.After!.Value), Enumerable.Range(1, lines.Count(line => line.After is not null)));
    });

    [Fact]
    public void TextDiff_OfATextWithItself_HasNoChange() => Text.Sample(text => Assert.All(TextDiff.Of(text, text), line => Assert.Equal(DiffKind.Same, line.Kind)));

    [Fact]
    public void TextDiff_OfAChangedWord_MarksTheWordAlone()
    {
        var lines = TextDiff.Of("Answer:\nwith Yes or No\nend", "Answer:\nwith Yes or Never\nend");
        Assert.Equal([DiffKind.Same, DiffKind.Removed, DiffKind.Added, DiffKind.Same], lines.Select(line => line.Kind));
        Assert.Equal([("with Yes or ", false), ("No", true)], lines[1].Pieces.Select(piece => (piece.Text, piece.Changed)));
        Assert.Equal([("with Yes or ", false), ("Never", true)], lines[2].Pieces.Select(piece => (piece.Text, piece.Changed)));
    }

    [Fact]
    public void TextDiff_OfLinesMovedApart_KeepsTheLongestCommonPart()
    {
        var lines = TextDiff.Of("a\nb\nc\nd", "x\nb\nd");
        Assert.Equal(["-a", "+x", " b", "-c", " d"], lines.Select(line => (line.Kind switch { DiffKind.Added => '+', DiffKind.Removed => '-', _ => ' ' }) + line.Text));
    }

    [Fact]
    public void TextDiff_OfWindowsLineEnds_SeesNoChange() => Assert.All(TextDiff.Of("a\r\nb", "a\nb"), line => Assert.Equal(DiffKind.Same, line.Kind));

    [Fact]
    public void TextDiff_OfNothing_AddsEveryLine() => Assert.Equal([DiffKind.Added, DiffKind.Added], TextDiff.Of("", "a\nb").Select(line => line.Kind));

    [Fact]
    public void View_OfALongText_LeavesOutWhatIsTheSameAndKeepsSpaces()
    {
        var same = Enumerable.Range(1, 20).Select(number => $"line {number}").ToList();
        var view = Render<TextDiffView>(parameters => parameters.Add(p => p.Name, "User template").Add(p => p.Lines, TextDiff.Of(string.Join('\n', same), string.Join('\n', same.Append("  new  words")))));
        Assert.Equal("17 lines the same", view.Find(".diff-gap").TextContent);
        Assert.Equal("  new  words", view.Find(".diff-added .diff-words").TextContent);
        Assert.Equal("  new  words", view.Find("ins").TextContent);
        Assert.Equal(["line 18", "line 19", "line 20"], view.FindAll(".diff-same .diff-words").Select(cell => cell.TextContent));
    }
}
