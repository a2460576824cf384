using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>Shapes that servers are known to send.</summary>
public sealed class CompletionReaderTests
{
    [Fact]
    public void Read_LegacyShape_GivesPositions()
    {
        var answer = Answer("""{"tokens":["Yes","."],"token_logprobs":[-0.1,null],"top_logprobs":[{"Yes":-0.1,"No":-2.5},null]}""");

        Assert.Equal(["Yes", "."], answer.Positions.Select(position => position.Chosen.Token));
        Assert.Equal([("Yes", -0.1), ("No", -2.5)], answer.Positions[0].TopLogprobs.Select(token => (token.Token, token.LogProbability!.Value)));
        Assert.Null(answer.Positions[1].Chosen.LogProbability);
        Assert.Empty(answer.Positions[1].TopLogprobs);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"content":null,"refusal":null}""")]
    [InlineData("""{"content":[]}""")]
    [InlineData("[]")]
    public void Read_NoLogProbs_IsAnAnswerWithoutPositions(string logprobs) => Assert.Empty(Answer(logprobs).Positions);

    [Fact]
    public void Read_OddEntries_CostNoAnswer()
    {
        var answer = Answer("""{"content":[{"token":"Yes","logprob":null,"bytes":[],"top_logprobs":null},{"logprob":-1},{"token":"No","logprob":1e999,"bytes":[78,111],"top_logprobs":[{},{"token":"No","logprob":-0.5,"bytes":null,"token_id":3}]}]}""");

        Assert.Equal(["Yes", "No"], answer.Positions.Select(position => position.Chosen.Token));
        Assert.Null(answer.Positions[0].Chosen.LogProbability);
        Assert.Null(answer.Positions[0].Chosen.Utf8Bytes);
        Assert.Null(answer.Positions[1].Chosen.LogProbability);
        Assert.Equal("No"u8.ToArray(), answer.Positions[1].Chosen.Utf8Bytes!.Value.ToArray());
        Assert.Equal(-0.5, Assert.Single(answer.Positions[1].TopLogprobs).LogProbability);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("Infinity")]
    public void Read_NumbersThatJsonDoesNotHave_CostOnlyThemselves(string number)
    {
        var answer = Answer($$"""{"content":[{"token":"NaN \" Infinity","logprob":-0.1,"top_logprobs":[{"token":"No","logprob":{{number}}},{"token":"Yes","logprob":-0.1}]}]}""");

        Assert.Equal("NaN \" Infinity", answer.Positions[0].Chosen.Token);
        Assert.Equal([null, -0.1], answer.Positions[0].TopLogprobs.Select(token => token.LogProbability));
    }

    [Fact]
    public void Read_HalfACharacter_CostsOnlyItself()
    {
        var answer = Answer("""{"content":[{"token":"Yes","logprob":-0.1,"top_logprobs":[{"token":"\ud83d","logprob":-3,"bytes":[240,159]},{"token":"Yes","logprob":-0.1}]}]}""");

        Assert.Equal(["\uFFFD", "Yes"], answer.Positions[0].TopLogprobs.Select(token => token.Token));
    }

    [Fact]
    public void Read_ContentOfTypedParts_IsTheirText()
    {
        var (answer, _) = CompletionReader.Read(Encoding.UTF8.GetBytes("""{"choices":[{"message":{"content":[{"type":"thinking"},{"type":"text","text":"Yes"}]}}]}"""));

        Assert.Equal("Yes", answer!.Text);
    }

    /// <summary>Every recorded success body of the chat shape is read without an exception; the whole table of expectations comes with the endpoint layer's own tests.</summary>
    [SkippableFact]
    public void Read_EveryRecordedBody_DoesNotThrow()
    {
        var folder = Path.GetDirectoryName(SharedData.File("wire/index.json"))!;
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count > 40);
        foreach (var file in files)
        {
            var body = File.ReadAllBytes(file);
            var (answer, failure) = CompletionReader.Read(body);
            Assert.True(answer is null != failure is null, file);
            Assert.NotEmpty(WireError.Read(System.Net.HttpStatusCode.BadRequest, null, body).Message);
        }
    }

    private static ReceivedAnswer Answer(string logprobs)
    {
        var (answer, failure) = CompletionReader.Read(Encoding.UTF8.GetBytes($$"""{"choices":[{"message":{"content":"Yes"},"logprobs":{{logprobs}}}]}"""));
        Assert.Null(failure);
        return answer!;
    }
}
