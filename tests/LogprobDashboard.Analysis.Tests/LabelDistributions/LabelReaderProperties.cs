using CsCheck;

using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Analysis.Tests.LabelDistributions;

/// <summary>Whatever a server sends.</summary>
public sealed class LabelReaderProperties
{
    private const int Cases = 5_000;

    private static readonly LabelReader[] Readers =
    [
        Answers.YesNo,
        Answers.OneToTen(),
        Answers.Reader(("positive", ["positive", "pos"]), ("possible", []), ("negative", []), ("New York", []), ("New Jersey", []), ("👍", []), ("👎", [])),
    ];

    private static readonly Gen<string> AnyToken = Gen.Frequency(
        (6, Gen.OneOfConst("Yes", " yes", "No", "ĠNO", "1", "10", "0", "2", "pos", "itive", "sible", "neg", "New", "ĠYork", " Jer", "\n", "**", "", "<0x0A>", "▁1", "Ċ")),
        (1, Gen.String[0, 6]));

    private static readonly Gen<double?> AnyLogProbability = Gen.Frequency(
        (8, Gen.Double[-12, 0].Select(value => (double?)value)),
        (2, Gen.OneOfConst<double?>(null, 0, 1e-7, -9999, -700, -5000, 0.5, double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.MaxValue, -1e-300)));

    private static readonly Gen<TokenLogprob> AnyTokenLogprob =
        from token in AnyToken
        from logProbability in AnyLogProbability
        from bytes in Gen.Frequency((4, Gen.OneOfConst<byte[]?>(null, null)), (1, Gen.OneOfConst<byte[]?>([], [0xF0, 0x9F, 0x91], [0x8D], [0x8E], [0xFF, 0xFE], [0xEF, 0xBF, 0xBE])), (1, Gen.Byte.Array[0, 4].Select(value => (byte[]?)value)))
        select new TokenLogprob(token, logProbability, bytes is null ? null : new ReadOnlyMemory<byte>(bytes));

    private static readonly Gen<AnswerPosition> AnyPosition =
        from top in AnyTokenLogprob.List[0, 12]
        from other in AnyTokenLogprob
        from chosen in Gen.Int[-1, Math.Max(-1, top.Count - 1)]
        select new AnswerPosition(chosen < 0 ? other : top[chosen], top);

    private static readonly Gen<(LabelReader Reader, List<AnswerPosition> Positions)> AnyAnswer =
        from reader in Gen.Int[0, Readers.Length - 1]
        from positions in AnyPosition.List[0, 5]
        select (Readers[reader], positions);

    /// <summary>As a server's model gives it: probabilities of different tokens that sum to at most 1 at each position.</summary>
    private static readonly Gen<(LabelReader Reader, List<AnswerPosition> Positions)> CoherentAnswer =
        from reader in Gen.Int[0, Readers.Length - 1]
        from positions in (from weights in Gen.Double[0.001, 1].Array[3, 12]
                           from tokens in AnyToken.Array[weights.Length - 1]
                           select CoherentPosition(weights, tokens)).List[1, 4]
        select (Readers[reader], positions);

    [Fact]
    public void Read_AnyAnswer_GivesFiniteFiguresInRange() => AnyAnswer.Sample(
        drawn =>
        {
            var answer = drawn.Reader.Read(drawn.Positions);

            Assert.InRange(answer.UnseenMass, 0, 1);
            Assert.InRange(answer.Coverage, 0, 1);
            Assert.True(double.IsFinite(answer.OffLabelMass) && answer.OffLabelMass >= 0);
            Assert.True(answer.TokenEntropy is null or (>= 0 and <= 2.6));
            Assert.True(answer.TokenMargin is null or (>= 0 and <= 700));
            Assert.Equal(answer.IsScorable, answer.Reason is null);
            Assert.Equal(answer.IsScorable, answer.Coverage > 0);
            if (!answer.IsScorable)
            {
                Assert.Empty(answer.Masses);
                return;
            }

            var labels = drawn.Reader.Labels.Count;
            Assert.Equal((labels, labels), (answer.Masses.Count, answer.Censored.Count));
            Assert.Contains(false, answer.Censored);
            Assert.All(answer.Masses, mass => Assert.True(mass > 0 && double.IsFinite(mass)));
            Assert.Equal(1, Enumerable.Range(0, labels).Sum(answer.Probability), 1e-9);
            Assert.InRange(answer.Entropy!.Value, 0, Math.Log(labels));
            Assert.InRange(answer.NormalizedEntropy!.Value, 0, 1);
            Assert.True(answer.LogMargin >= 0 && double.IsFinite(answer.LogMargin.Value));
            Assert.Equal(answer.Masses.Max(), answer.Masses[answer.Predicted!.Value]);
            Assert.False(answer.Censored[answer.Predicted.Value]);
            Assert.All(Enumerable.Range(0, labels), label => Assert.True(double.IsFinite(answer.Score(label))));
        },
        iter: Cases);

    [Fact]
    public void Read_CoherentAnswer_MassesOffLabelAndUnseenSumToOne() => CoherentAnswer.Sample(
        drawn =>
        {
            var answer = drawn.Reader.Read(drawn.Positions);

            Assert.Equal(1, answer.Coverage + answer.OffLabelMass + answer.UnseenMass, 1e-9);
            Assert.Equal(0, answer.DroppedLogProbabilities);
        },
        iter: Cases);

    [Fact]
    public void ScoreBounds_CoherentAnswer_HoldTheScoreOfWhatWasObserved() => CoherentAnswer.Sample(
        drawn =>
        {
            var answer = drawn.Reader.Read(drawn.Positions);
            if (!answer.IsScorable)
                return;
            for (var label = 0; label < drawn.Reader.Labels.Count; label++)
            {
                var (low, high) = answer.ScoreBounds(label);

                Assert.True(low <= high);
                if (!answer.IsCensored)
                    Assert.InRange(answer.Score(label), low - 1e-9, high + 1e-9);
            }
        },
        iter: Cases);

    [Fact]
    public void Read_OrderOfAlternatives_DoesNotMatter() =>
        (from drawn in CoherentAnswer
         from seed in Gen.Long
         select (drawn.Reader, drawn.Positions, seed)).Sample(
            drawn =>
            {
                var shuffled = drawn.Positions
                    .Select(position => position with { TopLogprobs = [.. Analysis.Resampling.SeededPermutation.Create(position.TopLogprobs.Count, drawn.seed).Select(place => position.TopLogprobs[place])] })
                    .ToList();
                var (first, second) = (drawn.Reader.Read(drawn.Positions), drawn.Reader.Read(shuffled));

                Assert.Equal(first.Censored, second.Censored);
                Assert.All(first.Masses.Zip(second.Masses), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
                Assert.Equal(first.UnseenMass, second.UnseenMass, 1e-12);
                Assert.Equal(first.AnswerLabel, second.AnswerLabel);
            },
            iter: Cases);

    [Fact]
    public void Read_AnyAnswerText_NeverThrows() =>
        Gen.OneOf(Gen.String, AnyToken.Array[0, 5].Select(tokens => string.Join(' ', tokens))).Sample(
            text => Assert.All(Readers, reader => reader.Read([], text)),
            iter: Cases);

    [Fact]
    public void Normalize_AnyText_IsStable() => Gen.String.Sample(
        text =>
        {
            var once = TokenText.Normalize(text);
            if (!once.StartsWith('ġ') && !once.StartsWith('ċ') && !once.StartsWith('▁') && !once.StartsWith('<'))
                Assert.Equal(once, TokenText.Normalize(once));
        },
        iter: Cases);

    private static AnswerPosition CoherentPosition(double[] weights, string[] tokens)
    {
        var total = weights.Sum();
        var top = tokens
            .Select((token, place) => new TokenLogprob(token, Math.Log(weights[place] / total)))
            .DistinctBy(token => token.Token)
            .ToList();
        return new(top[0], top);
    }
}
