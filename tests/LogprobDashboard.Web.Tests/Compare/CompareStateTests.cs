using System.Globalization;
using CsCheck;
using LogprobDashboard.Web.Compare;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareStateTests
{
    private static readonly Gen<string> Id = Gen.Char["abcXYZ019-_"].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<CompareRule> Rule = Gen.Select(Gen.Enum<CompareRuleKind>(), Gen.Double[0, 1], Gen.Double[0, 50], (kind, first, second) =>
        CompareRule.TryCreate(kind, first, kind == CompareRuleKind.Cost ? second : 0) ?? CompareRule.Default);

    private static readonly Gen<double?> Threshold = Gen.OneOf(Gen.Const((double?)null), Gen.Double[-9_999, 9_999].Select(number => (double?)number), Gen.Double.Select(number => (double?)number));

    private static readonly Gen<CompareState> State =
        from runs in Id.Array[0, 12]
        from positive in Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => (string?)text))
        from rule in Rule
        from threshold in Threshold
        from layout in Gen.Enum<CompareLayout>()
        from matrix in Gen.OneOf(Gen.Const((string?)null), Id.Select(id => (string?)id))
        from baseline in Gen.OneOf(Gen.Const((string?)null), Id.Select(id => (string?)id))
        select new CompareState(runs, positive is not null && positive.Any(char.IsSurrogate) ? null : positive, rule, threshold, layout, matrix, baseline);

    [Fact]
    public void CompareState_ThroughItsQueryAndBack_IsTheSame() =>
        State.Sample(state => Assert.Equal(state, Read(state.ToQuery())));

    [Fact]
    public void CompareState_UnderACultureWithCommas_WritesTheSameQuery()
    {
        var state = CompareState.Default.WithRule(CompareRule.TryCreate(CompareRuleKind.Cost, 0.5, 2.25)!);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("?rule=cost:0.5,2.25", state.ToQuery());
            Assert.Equal(state, Read(state.ToQuery()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void CompareState_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("", CompareState.Default.ToQuery());
        Assert.Equal("?runs=3,5", CompareState.Parse("3,5", null, "maxF1").ToQuery());
        Assert.Equal("/experiments/e%2F1/compare", CompareState.Default.AddressOf("e/1"));
    }

    [Fact]
    public void CompareState_OfNonsense_FallsBack() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String, Gen.String).Sample((runs, rule, threshold, layout, matrix) =>
        {
            var state = CompareState.Parse(runs, null, rule, threshold, layout, matrix);
            Assert.Equal(state, Read(state.ToQuery()));
        });

    [Fact]
    public void CompareState_WithAThreshold_HasNoRuleBesideIt()
    {
        var ruled = CompareState.Default.WithRule(CompareRule.Parse("precision:0.9"));
        Assert.Equal("?threshold=2.5", ruled.WithThreshold(2.5).ToQuery());
        Assert.Equal("?rule=precision:0.9", CompareState.Default.WithThreshold(2.5).WithRule(CompareRule.Parse("precision:0.9")).ToQuery());
        Assert.Equal("?threshold=2.5", CompareState.Parse(null, null, "precision:0.9", "2.5").ToQuery());
        Assert.Equal(2.5, ruled.WithThreshold(2.5).ToRequest().Threshold);
    }

    [Theory]
    [InlineData("0", "?threshold=0")]
    [InlineData("-1.5e-7", "?threshold=-1.5E-07")]
    [InlineData("NaN", "")]
    [InlineData("Infinity", "")]
    [InlineData("1e300", "")]
    [InlineData("2,5", "")]
    [InlineData("", "")]
    public void CompareState_OfAThreshold_KeepsAFiniteOne(string given, string query) =>
        Assert.Equal(query, CompareState.Parse(null, null, null, given).ToQuery());

    [Fact]
    public void CompareState_WithMoreRunsThanAreShown_CountsThem()
    {
        Assert.Equal(9, CompareState.CountRuns("1,2,3,4,5,6,7,8,9,9,<b>"));
        Assert.Equal(0, CompareState.CountRuns(null));
    }

    [Theory]
    [InlineData("3,3,5", "3,5")]
    [InlineData(" 3 ,,5,", "3,5")]
    [InlineData("3,<script>,5", "3,5")]
    [InlineData("1,2,3,4,5,6,7,8,9", "1,2,3,4,5,6,7,8")]
    public void CompareState_OfUntidyRuns_KeepsWhatIsMeant(string given, string kept) =>
        Assert.Equal(kept, string.Join(',', CompareState.Parse(given, null, null).Runs));

    [Theory]
    [InlineData("precision:0.95", "precision:0.95")]
    [InlineData("cost:1,5", "cost:1,5")]
    [InlineData("maxFBeta:2", "maxFBeta:2")]
    [InlineData("maxFBeta:1", "maxF1")]
    [InlineData("precision:1.5", "maxF1")]
    [InlineData("precision:NaN", "maxF1")]
    [InlineData("precision", "maxF1")]
    [InlineData("cost:1", "maxF1")]
    [InlineData("cost:0,0", "maxF1")]
    [InlineData("maxF1:3", "maxF1")]
    [InlineData("best", "maxF1")]
    [InlineData(null, "maxF1")]
    public void CompareRule_Parsed_IsTheRuleOrTheDefault(string? given, string expected) =>
        Assert.Equal(expected, CompareRule.Parse(given).ToString());

    private static CompareState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return CompareState.Parse(Value("runs"), Value("positive"), Value("rule"), Value("threshold"), Value("layout"), Value("matrix"), Value("baseline"));

        string? Value(string name) => values.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
