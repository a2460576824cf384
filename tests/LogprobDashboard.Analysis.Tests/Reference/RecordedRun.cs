using System.Text.Json;

using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.TestSupport;

namespace LogprobDashboard.Analysis.Tests.Reference;

/// <summary>One recorded run of 1,000 messages, read by the product's own code, and the figures that an outside implementation gave for it.</summary>
internal sealed class RecordedRun
{
    public const int Spam = 0;

    public RecordedRun(string variant)
    {
        using var figures = JsonDocument.Parse(File.ReadAllText(SharedData.File($"sms-spam/reference-{variant}.json")));
        Expected = figures.RootElement.Clone();
        var reader = new LabelReader(new([new("spam", ["Yes"]), new("ham", ["No"])]));
        var truths = new List<int>();
        var distributions = new List<LabelDistribution>();
        foreach (var line in File.ReadLines(SharedData.File($"sms-spam/llama3-8b-{variant}.jsonl")))
        {
            using var sample = JsonDocument.Parse(line);
            truths.Add(reader.Labels.IndexOf(sample.RootElement.GetProperty("label").GetString()!));
            distributions.Add(reader.Read([ReadPosition(sample.RootElement.GetProperty("top"))]));
        }

        (Truths, Distributions) = ([.. truths], distributions);
        var scored = Enumerable.Range(0, Truths.Length).Where(sample => distributions[sample].IsScorable).ToArray();
        Scores = [.. scored.Select(sample => distributions[sample].Score(Spam))];
        Probabilities = [.. scored.Select(sample => distributions[sample].Probability(Spam))];
        IsPositive = [.. scored.Select(sample => Truths[sample] == Spam)];
        Ranked = RankedScores.Create(Scores, IsPositive);
    }

    public JsonElement Expected { get; }

    public int[] Truths { get; }

    public IReadOnlyList<LabelDistribution> Distributions { get; }

    public double[] Scores { get; }

    public double[] Probabilities { get; }

    public bool[] IsPositive { get; }

    public RankedScores Ranked { get; }

    public double Real(string name) => Expected.GetProperty(name).GetDouble();

    public int Whole(string name) => Expected.GetProperty(name).GetInt32();

    private static AnswerPosition ReadPosition(JsonElement top)
    {
        var tokens = top.EnumerateArray()
            .Select(token => new TokenLogprob(token.GetProperty("token").GetString()!, token.GetProperty("logprob").GetDouble()))
            .ToList();
        return new(tokens[0], tokens);
    }
}
