using System.Globalization;
using CsCheck;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Web.Tests.Compare;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Outliers;

public sealed class OutliersStateTests
{
    private static readonly Gen<string> Id = Gen.Char["abcXYZ019-_"].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.Char["aä &=?#+%,:/✓\""].Array[0, 12].Select(letters => (string?)new string(letters)));

    private static readonly Gen<CellChoice> Choice = Gen.Select(Gen.OneOfConst("maxF1", "cost:1,5", "rate:0.05", "no rule"), Gen.Enum<PointJudging>(), Gen.Double[0, 1], Gen.Long, (rule, judging, holdout, seed) => new CellChoice(rule, judging, holdout, seed));

    private static readonly Gen<OutlierCell> Cell = Gen.Select(Gen.Select(Text, Text, Gen.Bool), Gen.Select(Text, Gen.Double[-50, 50], Gen.Enum<OutlierOutcome>(), Choice), Gen.Int[0, 3], (argmax, side, kind) => kind switch
    {
        0 => OutlierCell.None,
        1 => new OutlierCell(argmax.Item1, argmax.Item2, argmax.Item3),
        2 => new OutlierCell(Positive: side.Item1, Threshold: side.Item2, Outcome: side.Item3),
        _ => new OutlierCell(Positive: side.Item1, Outcome: side.Item3, Choice: side.Item4),
    });

    private static readonly Gen<SampleScope> Scope = Gen.Select(Text, Text, Gen.Double[-1, 12].Nullable(), (column, value, entropy) => new SampleScope(column, value, entropy));

    private static readonly Gen<OutlierSort> Sort = Gen.Select(Gen.Enum<OutlierSortKey>(), Id, Gen.Bool, (key, run, reversed) => new OutlierSort(key, new OutlierSort(key).IsOfARun ? run : null, reversed));

    private static readonly Gen<OutliersState> State = Gen.Select(
        Gen.Select(Id.Array[0, 10], Gen.Enum<OutlierOrder>(), Gen.Double[0, 1].Nullable(), Gen.Enum<OutlierShow>()),
        Gen.Select(Cell, Text, Text, Gen.OneOfConst([null, .. OutliersQueries.ReasonCodes])),
        Gen.Select(Sort, Gen.Int[0, 100_000].Nullable(), Scope),
        (a, b, c) => OutliersState.Default.WithRuns(a.Item1).WithBy(a.Item2).WithShow(a.Item4).WithCell(b.Item1).WithCut(a.Item3).WithSource(b.Item2).WithSearch(b.Item3).WithReason(b.Item4).WithSort(c.Item1).WithSample(c.Item2).WithScope(c.Item3));

    [Fact]
    public void OutliersState_ThroughItsQueryAndBack_IsTheSame() => State.Sample(state =>
    {
        var back = Read(state.ToQuery());
        Assert.Equal(state, back);
        Assert.Equal(state.ToRequest() with { RunIds = [] }, back.ToRequest() with { RunIds = [] }); // lists are not compared by their items
        Assert.Equal(state.Runs, back.Runs);
    });

    [Fact]
    public void OutliersState_OfNonsense_FallsBack() => Gen.String.Sample(text =>
    {
        var state = OutliersState.Parse(_ => text);
        Assert.Equal(state.ToRequest().Share, OutliersState.Parse(name => QueryHelpers.ParseQuery(state.ToQuery()).TryGetValue(name, out var value) ? (string?)value : null).Share);
    });

    [Fact]
    public void OutliersState_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("", OutliersState.Default.ToQuery());
        Assert.Equal("/experiments/e%2F1/outliers", OutliersState.Default.AddressOf("e/1"));
        Assert.Equal("", Read("?by=entropy&cut=0.95&show=all&sort=strangeness").ToQuery());
        Assert.Equal(0.95, OutliersState.Default.Share);
    }

    [Fact]
    public void OutliersState_UnderACultureWithCommas_WritesTheSameQuery()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("?by=margin&cut=0.975&sort=-coverage:3", OutliersState.Default.WithBy(OutlierOrder.Margin).WithCut(0.975).WithSort(new OutlierSort(OutlierSortKey.Coverage, "3", true)).ToQuery());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>What the compare page's cells lead to.</summary>
    [Fact]
    public void OutliersState_OfACellsAddress_AsksForThatCellWithoutACut()
    {
        var view = Views.View() with { Scope = new("column, 1", "a+b", 0.25) };
        var confused = Of(CellAddress.Of(view, "12", new OutlierCell("spam & eggs", "ham")));
        Assert.Equal((new OutlierCell("spam & eggs", "ham"), 0.0, "12"), (confused.Cell, confused.Share, confused.Runs[0]));
        Assert.Equal(view.Scope, confused.Scope);
        foreach (var cell in new OutlierCell[]
        {
            new("spam", Unscorable: true),
            new(Positive: "spam", Threshold: 7.083234567890123, Outcome: OutlierOutcome.Missed),
            new(Positive: "spam", Outcome: OutlierOutcome.UnscorableNegative, Choice: new CellChoice("cost:1,5", PointJudging.Holdout, 0.3, -5)),
            new(Positive: "spam", Outcome: OutlierOutcome.Caught, Choice: new CellChoice("maxF1", PointJudging.Folds, Seed: 7)),
        })
        {
            var state = Of(CellAddress.Of(view, "12", cell));
            Assert.Equal((cell, view.Scope), (state.Cell, state.Scope));
        }

        Assert.Contains($"from={Uri.EscapeDataString("runs=12&column=column%2C%201&slice=a%2Bb&abstain=0.25")}", CellAddress.OfSample(view, "12", OutlierCell.None, 3), StringComparison.Ordinal);
    }

    [Fact]
    public void Cell_ChosenOnThePage_KeepsTheCutInForceAndGivesItBack()
    {
        var chosen = OutliersState.Default.WithCell(new OutlierCell("spam"));
        Assert.Equal("?cut=0.95&label=spam", chosen.ToQuery());
        Assert.Equal("?cut=0.9&label=spam", chosen.WithCut(0.9).ToQuery());
        Assert.Equal("?label=spam", chosen.WithCut(0).ToQuery());
        Assert.Equal("", chosen.WithCell(OutlierCell.None).ToQuery());
    }

    [Theory]
    [InlineData("cut=2", "")]
    [InlineData("cut=NaN", "")]
    [InlineData("cut=0", "?cut=0")]
    [InlineData("threshold=3", "")]
    [InlineData("outcome=missed", "")]
    [InlineData("sort=entropy", "")]
    [InlineData("sort=sample:3", "")]
    [InlineData("sort=-sample", "?sort=-sample")]
    [InlineData("reason=tooLong", "")]
    [InlineData("sample=-1", "")]
    [InlineData("by=Margin", "")]
    [InlineData("status=failed", "")]
    [InlineData("column=lang", "")]
    [InlineData("slice=de", "?slice=de")]
    [InlineData("column=lang&slice=de&abstain=-1", "?column=lang&slice=de")]
    [InlineData("abstain=11", "")]
    [InlineData("rule=maxF1&judging=holdout", "")]
    [InlineData("rule=nonsense&outcome=missed", "")]
    [InlineData("rule=maxF1&outcome=missed&judging=folds&holdout=0.3&seed=4", "?rule=maxF1&judging=folds&seed=4&outcome=missed")]
    [InlineData("rule=maxF1&outcome=missed&judging=holdout&holdout=7", "?rule=maxF1&judging=holdout&outcome=missed")]
    [InlineData("rule=maxF1&outcome=missed&threshold=2&seed=4", "?threshold=2&outcome=missed")]
    public void OutliersState_OfUntidyQueries_KeepsWhatIsMeant(string given, string kept) => Assert.Equal(kept, Read("?" + given).ToQuery());

    private static OutliersState Of(string address) => Read(address[address.IndexOf('?', StringComparison.Ordinal)..]);

    private static OutliersState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return OutliersState.Parse(name => values.TryGetValue(name, out var value) ? (string?)value : null);
    }
}
