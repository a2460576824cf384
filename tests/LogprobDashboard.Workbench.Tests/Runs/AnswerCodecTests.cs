using CsCheck;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class AnswerCodecTests
{
    private static readonly Gen<TokenLogprob> Tokens =
        from text in Gen.OneOf(Gen.Const(""), Gen.String, Gen.Const("Ġspam"), Gen.Const("日本"))
        from log in Gen.OneOf(Gen.Const((double?)null), Gen.Double.Select(value => (double?)value))
        from bytes in Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[0, 300].Select(value => (byte[]?)value), Gen.Const((byte[]?)System.Text.Encoding.UTF8.GetBytes(text)))
        select new TokenLogprob(Whole(text), log, bytes is null ? null : new ReadOnlyMemory<byte>(bytes));

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSameToTheBit() =>
        (from chosen in Tokens from top in Tokens.Array[0, 25] select new AnswerPosition(chosen, top)).Array[0, 5].Sample(positions =>
        {
            var read = AnswerCodec.Decode(AnswerCodec.Encode(positions));
            Assert.Equal(positions.Length, read.Count);
            foreach (var (expected, actual) in positions.Zip(read))
            {
                Same(expected.Chosen, actual.Chosen);
                Assert.Equal(expected.TopLogprobs.Count, actual.TopLogprobs.Count);
                foreach (var (one, other) in expected.TopLogprobs.Zip(actual.TopLogprobs))
                    Same(one, other);
            }
        });

    [Fact]
    public void Decode_DamagedBytes_ThrowsInvalidData() =>
        Gen.Byte.Array[1, 40].Sample(bytes =>
        {
            try
            {
                AnswerCodec.Decode(bytes);
            }
            catch (InvalidDataException)
            {
                // What it should be; any other exception fails the test.
            }
        });

    private static void Same(TokenLogprob expected, TokenLogprob actual)
    {
        Assert.Equal(expected.Token, actual.Token);
        Assert.Equal(expected.LogProbability is { } one ? BitConverter.DoubleToInt64Bits(one) : null, actual.LogProbability is { } other ? BitConverter.DoubleToInt64Bits(other) : (long?)null);
        Assert.Equal(expected.Utf8Bytes?.ToArray(), actual.Utf8Bytes?.ToArray());
    }

    /// <summary>A lone surrogate is no text that came out of JSON as UTF-8.</summary>
    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
