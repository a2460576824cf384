using System.Globalization;
using CsCheck;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareStateTests
{
    private static readonly Gen<string> Id = Gen.Char["abcXYZ019-_"].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<CompareRule> Rule = Gen.Select(Gen.Enum<CompareRuleKind>(), Gen.Double[0, 1], Gen.Double[0, 50], (kind, first, second) =>
        CompareRule.TryCreate(kind, first, kind == CompareRuleKind.Cost ? second : 0) ?? CompareRule.Default);

    private static readonly Gen<double?> Threshold = Gen.OneOf(Gen.Const((double?)null), Gen.Double[-9_999, 9_999].Select(number => (double?)number), Gen.Double.Select(number => (double?)number));

    private static readonly Gen<string?> Words = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => text.Any(char.IsSurrogate) ? null : (string?)text));

    private static readonly Gen<string?> SomeId = Gen.OneOf(Gen.Const((string?)null), Id.Select(id => (string?)id));

    private static readonly Gen<double> AnyNumber = Gen.OneOf(Gen.Double[-20, 20], Gen.Double);

    private static readonly Gen<CompareState> Choices =
        from chart in Gen.Enum<CompareChart>()
        from layout in Gen.Enum<CompareLayout>()
        from detail in Gen.Enum<CompareDetail>()
        from judging in Gen.Enum<PointJudging>()
        from calibrator in Gen.Enum<Calibrator>()
        from flags in Gen.Bool.Array[5]
        from seed in Gen.Long
        select CompareState.Default with { Chart = chart, Layout = layout, Detail = detail, Judging = judging, Bands = flags[0], EqualF1 = flags[1], EqualWidth = flags[2], ByMargin = flags[3], OfLabel = flags[4], Calibrator = calibrator, Seed = seed };

    private static readonly Gen<CompareState> State =
        from choices in Choices
        from runs in Id.Array[0, 12]
        from hidden in Id.Array[0, 3]
        from words in Words.Array[3]
        from rule in Rule
        from threshold in Threshold
        from own in Gen.Dictionary(Id, AnyNumber)[0, 4]
        from ids in SomeId.Array[2]
        from numbers in AnyNumber.Array[3]
        from zoom in AnyNumber.Array[4]
        let asked = choices with
        {
            Runs = runs,
            Hidden = hidden,
            Positive = words[0],
            By = words[1],
            Slice = words[2],
            Matrix = ids[0],
            Baseline = ids[1],
            Holdout = numbers[0],
            Abstain = numbers[1],
            Error = numbers[2],
            Zoom = new CompareZoom(zoom[0], zoom[1], zoom[2], zoom[3]),
        }
        select Chosen(asked, rule, threshold) with { Thresholds = own };

    private static CompareState Chosen(CompareState state, CompareRule rule, double? threshold) => threshold is { } typed ? state.WithThreshold(typed) : state.WithRule(rule);

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
        Assert.Equal("?runs=3,5", Read("?runs=3,5&rule=maxF1&judging=same&chart=precisionRecall&holdout=0.5&seed=0&detail=changes").ToQuery());
        Assert.Equal("/experiments/e%2F1/compare", CompareState.Default.AddressOf("e/1"));
    }

    [Fact]
    public void CompareState_OfNonsense_FallsBack() =>
        Gen.Dictionary(Gen.OneOfConst([.. CompareAddress.Names]), Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789.,:-eE+"], 0, 12]))[0, 8].Sample(parts =>
        {
            var state = CompareState.Parse(name => parts.GetValueOrDefault(name));
            Assert.Equal(state, Read(state.ToQuery()));
        });

    [Fact]
    public void CompareState_OfEveryPart_ReadsAllOfThem()
    {
        const string query = "?runs=3,5&positive=spam&rule=precision:0.9&thresholds=3:1.5,5:-2&judging=holdout&holdout=0.3&seed=7&chart=roc&layout=multiples&bands=1&f1=1&bins=width&sure=margin"
            + "&zoom=0.5,1,0.25,0.75&off=5&matrix=3&baseline=5&by=channel&slice=tele%20gram&abstain=0.35&detail=calibration&calibrator=platt&of=label&error=0.05";
        var state = Read(query);
        Assert.Equal(query, state.ToQuery());
        Assert.Equal(-2, state.Thresholds["5"]);
        Assert.Equal(new CompareZoom(0.5, 1, 0.25, 0.75), state.Zoom);
        Assert.Equal(new SampleScope("channel", "tele gram", 0.35), state.ToRequest().Scope);
        Assert.Equal((Calibrator.Platt, new CalibrationRequest(OfLabel: true, EqualWidth: true, ErrorRate: 0.05)), (state.Calibrator, state.ToCalibrationRequest()));
        Assert.Equal(CompareAddress.Names.Where(name => name != "threshold"), query[1..].Split('&').Select(part => part.Split('=')[0]));
    }

    [Theory]
    [InlineData(0.35, 0.35)]
    [InlineData(0.350_01, 0.350_1)]
    [InlineData(0, 0)]
    public void Abstain_OfASamplesEntropy_StillJudgesIt(double entropy, double most)
    {
        var state = CompareState.Default.WithAbstain(entropy);
        Assert.Equal(most, state.Abstain!.Value, 1e-12);
        Assert.True(state.Abstain >= entropy);
    }

    [Fact]
    public void CompareState_WithAThreshold_HasNoRuleBesideIt()
    {
        var ruled = CompareState.Default.WithRule(CompareRule.Parse("precision:0.9"));
        Assert.Equal("?threshold=2.5", ruled.WithThreshold(2.5).ToQuery());
        Assert.Equal("?rule=precision:0.9", CompareState.Default.WithThreshold(2.5).WithRule(CompareRule.Parse("precision:0.9")).ToQuery());
        Assert.Equal("?threshold=2.5", Read("?rule=precision:0.9&threshold=2.5").ToQuery());
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
        Assert.Equal(query, CompareState.Parse(name => name == "threshold" ? given : null).ToQuery());

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
        Assert.Equal(kept, string.Join(',', CompareState.Parse(name => name == "runs" ? given : null).Runs));

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
        return CompareState.Parse(name => values.TryGetValue(name, out var value) ? (string?)value : null);
    }
}
