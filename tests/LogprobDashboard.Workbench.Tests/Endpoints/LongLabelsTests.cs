using System.Text.Json.Nodes;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>Labels of several tokens, from the wire to the label distribution, by figures worked out by hand.</summary>
public sealed class LongLabelsTests
{
    private static readonly LabelReader Digits = new(new LabelSet(Enumerable.Range(1, 10).Select(number => new LabelDefinition($"{number}", []))));

    private static readonly LabelReader Opinions = new(new LabelSet([new LabelDefinition("positive", []), new LabelDefinition("possible", []), new LabelDefinition("neutral", [])]));

    /// <summary>p(1) = 0.9 · 0.8, p(10) = 0.9 · 0.15, p(2) = 0.08: the end of the text decides for 1, however the server shows it.</summary>
    [Theory]
    [InlineData("<|eot_id|>", true)]
    [InlineData("<|im_end|>", false)]
    [InlineData("</s>", true)]
    [InlineData("", false)]
    public async Task Answer_OneThenTheEnd_IsOneAndNotTen(string end, bool withBytes)
    {
        var (answer, distribution) = await ReadAsync(
            Digits, "1", withBytes, [("1", 0.9), ("2", 0.08)], [(end, 0.8), ("0", 0.15), ("5", 0.03)]);

        Assert.Equal("1", answer.Text);
        Assert.Equal((0.72, 0.08, 0.135), (Round(distribution.Masses[0]), Round(distribution.Masses[1]), Round(distribution.Masses[9])));
        Assert.Equal((0, 0, false), (distribution.Predicted, distribution.AnswerLabel, distribution.AnswerMismatch));
        Assert.Equal((0.935, 0.027, 0.038), (Round(distribution.Coverage), Round(distribution.OffLabelMass), Round(distribution.UnseenMass)));
    }

    [Fact]
    public async Task Answer_OneThenZero_IsTen()
    {
        var (_, distribution) = await ReadAsync(Digits, "10", false, [("1", 0.9), ("2", 0.08)], [("0", 0.7), ("<|eot_id|>", 0.3)]);

        Assert.Equal((9, 0.63, 0.27), (distribution.Predicted, Round(distribution.Masses[9]), Round(distribution.Masses[0])));
    }

    /// <summary>White space first, then a first token that two labels share, then what tells them apart.</summary>
    [Fact]
    public async Task Answer_BehindWhiteSpace_IsToldApartAlongThePath()
    {
        var (_, distribution) = await ReadAsync(
            Opinions, "\npositive", true, [("Ċ", 0.95), ("pos", 0.05)], [("▁pos", 0.8), ("Ġneutral", 0.1)], [("itive", 0.6), ("sible", 0.3), ("t", 0.05)]);

        Assert.Equal((1, 0), (distribution.AnswerPosition, distribution.Predicted));
        Assert.Equal((0.48, 0.24, 0.1), (Round(distribution.Masses[0]), Round(distribution.Masses[1]), Round(distribution.Masses[2])));
    }

    /// <summary>Drawn at a temperature above 0: the text says the less likely label, and that is told.</summary>
    [Fact]
    public async Task Answer_WrittenOtherwiseThanTheLikeliest_IsAMismatch()
    {
        var (_, distribution) = await ReadAsync(Opinions, "neutral", false, [("neutral", 0.2), ("positive", 0.7), ("possible", 0.1)]);

        Assert.Equal((0, 2, true), (distribution.Predicted, distribution.AnswerLabel, distribution.AnswerMismatch));
    }

    private static double Round(double value) => Math.Round(value, 12);

    private static async Task<(ReceivedAnswer Answer, LabelDistribution Distribution)> ReadAsync(LabelReader reader, string text, bool withBytes, params (string Token, double Probability)[][] positions)
    {
        var completion = ScriptedServer.Completion(positions.Select(position => position.Select(token => (token.Token, (double?)Math.Log(token.Probability))).ToArray()));
        completion["choices"]![0]!["message"]!["content"] = text;
        if (withBytes)
            AddBytes(completion["choices"]![0]!["logprobs"]!["content"]!.AsArray());
        await using var server = await ScriptedServer.StartAsync(_ => completion);
        using var caller = new ChatCaller(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()), TimeProvider.System);
        var target = new CallTarget(new CallSettings(server.BaseUrl, "m", 20, 30, positions.Length, OutputLimitField.MaxTokens, null, null), null);
        var outcome = await caller.CallAsync(target, [new("user", "Which?")], CancellationToken.None);
        Assert.Equal(0, Assert.Single(server.Requests).Body["temperature"]!.GetValue<double>() - (positions.Length == 1 ? 1 : 0));
        return (outcome.Answer!, reader.Read(outcome.Answer!.Positions, outcome.Answer.Text));
    }

    private static void AddBytes(JsonArray entries)
    {
        foreach (var entry in entries.OfType<JsonObject>())
        {
            entry["bytes"] = new JsonArray([.. System.Text.Encoding.UTF8.GetBytes(entry["token"]!.GetValue<string>()).Select(value => (JsonNode)value)]);
            if (entry["top_logprobs"] is JsonArray top)
                AddBytes(top);
        }
    }
}
