namespace LogprobDashboard.DemoModel.Tests.Wire;

public sealed class MultiTokenTests
{
    private const string Cities = "Which city? One of: New York, New Orleans, Boston.\nNew York: Manhattan, Broadway\nNew Orleans: jazz, Mississippi\nBoston: harbour, Harvard\n\nText: {0}\nCity:";

    [Fact]
    public void Label_OfSeveralTokens_ComesOverSeveralPositionsAndStops()
    {
        var request = Chat.Request(Cities.Replace("{0}", "jazz on the Mississippi", StringComparison.Ordinal)).With("max_tokens", 8);

        var choice = Chat.Choice(request);
        var positions = Chat.Positions(request);

        Assert.Equal("New Orleans", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(["New", " Orleans"], positions.Select(position => position[0].Token));
        Assert.Contains(positions[1], token => token.Token == " York");
        Assert.Equal(2, Chat.Send(request).Json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public void Label_CutByTheLimit_FinishesByLength()
    {
        var choice = Chat.Choice(Chat.Request(Cities.Replace("{0}", "jazz", StringComparison.Ordinal)).With("max_tokens", 1));

        Assert.Equal("New", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public void Positions_AlongThePath_AreConditionalProbabilities()
    {
        var request = Chat.Request(Cities.Replace("{0}", "jazz, and Broadway in Manhattan", StringComparison.Ordinal)).With("max_tokens", 8);

        var positions = Chat.Positions(request);
        double york = Find(positions[1], " York"), orleans = Find(positions[1], " Orleans");

        Assert.InRange(york + orleans, 0.98, 1);
        Assert.All(positions, position => Assert.True(position.Sum(token => Math.Exp(token.Logprob)) < 1));
    }

    [Theory]
    [InlineData("Portuguese", "Portu", "guese")]
    [InlineData("billing", "billing", null)]
    [InlineData("10", "10", null)]
    [InlineData("unsolicited", "unsol", "icite")]
    [InlineData("not_spam", "not", "_")]
    [InlineData("日本語", "日", "本")]
    public void Tokenizer_OnALabel_CutsAsDocumented(string label, string first, string? second)
    {
        var request = Chat.Request($"Answer with exactly one of: {label}, zebra.\nIf in doubt, answer {label}.\n\nText: hello\nAnswer:").With("max_tokens", 9);

        var positions = Chat.Positions(request);

        Assert.Equal(first, positions[0][0].Token);
        Assert.Equal(second, positions.Count > 1 ? positions[1][0].Token : null);
        Assert.Equal(label, Chat.Answer(request));
    }

    [Fact]
    public void Labels_OneToTen_AreToldApartByTheirFirstToken()
    {
        var request = Chat.Request("Rate it from 1 to 10. If in doubt, answer 10.\n\nText: hello\nRating:").With("max_tokens", 4);

        Assert.Equal("10", Chat.Answer(request));
        Assert.Single(Chat.Positions(request));
        Assert.InRange(Chat.Probability(request, "10"), 0.2, 0.9);
        Assert.InRange(Chat.Probability(request, "1"), 0.02, 0.2);
    }

    private static double Find(IReadOnlyList<(string Token, double Logprob)> position, string token) => Math.Exp(position.Single(t => t.Token == token).Logprob);
}
