using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Tests.Compare;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>Whatever a compare view is restricted to and judged on, a cell's list has the samples that the cell counts.</summary>
public sealed class ScopedCellTests : IDisposable
{
    private static readonly OutlierOutcome[] Outcomes = Enum.GetValues<OutlierOutcome>();
    private static readonly string[] Labels = ["spam", "ham"];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(PointJudging.Same, "maxF1")]
    [InlineData(PointJudging.Same, "rate:0")]
    [InlineData(PointJudging.Holdout, "maxF1")]
    [InlineData(PointJudging.Holdout, "cost:9,1")]
    [InlineData(PointJudging.Folds, "maxF1")]
    [InlineData(PointJudging.Folds, "rate:0.02")]
    public async Task Outcomes_OfAnyScope_AreListedAsOftenAsTheyAreCounted(PointJudging judging, string rule)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples());
        foreach (var (scope, positive) in (await ScopesAsync(harness, bench)).SelectMany(scope => Labels.Select(label => (scope, label))))
        {
            var view = await bench.ViewAsync(new([], positive, rule) { Scope = scope, Judging = judging, Holdout = 0.3, Seed = 5 });
            var point = view.Runs[0].Judged;
            Assert.True(point is not null, $"{scope}: {view.Runs[0].Validated?.Problem}");
            var choice = new CellChoice(view.Rule!, view.Judging, view.Holdout, view.Seed);
            await HoldAsync(bench, view, point, outcome => new OutlierCell(Positive: positive, Outcome: outcome, Choice: choice));
            if (judging == PointJudging.Same && point.Threshold is { } threshold)
                await HoldAsync(bench, view, point, outcome => new OutlierCell(Positive: positive, Threshold: threshold, Outcome: outcome));
        }
    }

    [Fact]
    public async Task ConfusionCells_OfAnyScope_AreListedAsOftenAsTheyAreCounted()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples());
        foreach (var scope in await ScopesAsync(harness, bench))
        {
            var view = await bench.ViewAsync(new([]) { Scope = scope });
            var (confusion, listed) = (view.Runs[0].Confusion!, 0);
            for (var truth = 0; truth < 2; truth++)
            {
                for (var predicted = 0; predicted < 2; predicted++)
                    Assert.Equal(confusion.Counts[truth][predicted], await CountAsync(new OutlierCell(Labels[truth], Labels[predicted])));
                Assert.Equal(confusion.Unscorable[truth], await CountAsync(new OutlierCell(Labels[truth], Unscorable: true)));
            }

            var all = await bench.ViewAsync(new([]) { Scope = scope with { MostEntropy = null } });
            Assert.Equal(all.Runs[0].Scored + all.Runs[0].Unscorable - view.Runs[0].Abstained, listed); // what is abstained from is in no cell
            Assert.Equal(scope.MostEntropy is not null, view.Runs[0].Abstained > 0);

            async Task<int> CountAsync(OutlierCell cell)
            {
                var count = (await ListAsync(bench, view, cell)).Count;
                listed += count;
                return count;
            }
        }
    }

    [Fact]
    public async Task Choice_ThatCannotBeMade_HasNoSamples()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(true, -1), new(false, -2)]);
        var view = await bench.ViewAsync(new([]) { Judging = PointJudging.Folds });
        Assert.Null(view.Runs[0].Judged);
        foreach (var outcome in Outcomes)
            Assert.Empty(await ListAsync(bench, view, new OutlierCell(Outcome: outcome, Choice: new CellChoice("maxF1", PointJudging.Folds))));
    }

    private static async Task HoldAsync(CompareBench bench, CompareView view, PointFigures point, Func<OutlierOutcome, OutlierCell> cellOf)
    {
        var lists = new List<IReadOnlyList<int>>();
        foreach (var outcome in Outcomes)
            lists.Add(await ListAsync(bench, view, cellOf(outcome)));
        Assert.Equal(
            [point.TruePositives, point.FalseNegatives, point.FalsePositives, point.TrueNegatives, point.UnscorablePositives, point.Unscorable - point.UnscorablePositives],
            lists.Select(list => list.Count));
        Assert.Equal(lists.Sum(list => list.Count), lists.SelectMany(list => list).Distinct().Count());
    }

    /// <summary>The samples of a cell; the view above them must count as many.</summary>
    private static async Task<IReadOnlyList<int>> ListAsync(CompareBench bench, CompareView compared, OutlierCell cell)
    {
        var request = new OutliersRequest([bench.RunId], Cell: cell) { Scope = compared.Scope };
        var outliers = bench.Harness.Get<OutliersQueries>();
        var view = await outliers.ViewAsync(bench.Experiment.Id, request, CancellationToken.None);
        var rows = await outliers.RowsAsync(bench.Experiment.Id, request, 0, 500, CancellationToken.None);
        Assert.Equal((compared.Scope, rows.Total, rows.Total), (view.Scope, view.Listed, view.Counts.Cell));
        return [.. rows.Items.Select(row => row.Index)];
    }

    /// <summary>All, a source, every bin of a column of numbers; each also with abstention.</summary>
    private static async Task<IReadOnlyList<SampleScope>> ScopesAsync(WorkbenchHarness harness, CompareBench bench)
    {
        var column = await harness.Get<SliceColumns>().FindAsync(Ids.Parse(bench.Experiment.DatasetId, "dataset"), "channel", CancellationToken.None);
        Assert.Equal((SliceBinning.Quartiles, 4), (column!.Binning, column.Values.Count));
        List<SampleScope> scopes = [SampleScope.All, new(Value: "chat"), .. column.Values.Select(value => new SampleScope("channel", value))];
        return [.. scopes, .. scopes.Select(scope => scope with { MostEntropy = 0.6 })];
    }

    private static List<BenchSample> Samples()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, 240).Select(index =>
        {
            var isSpam = random.NextDouble() < 0.4;
            return new BenchSample(isSpam, random.NextDouble() < 0.1 ? null : Math.Round((isSpam ? 0.7 : -0.7) + (5 * random.NextDouble()) - 2.5, 1), random.NextDouble() < 0.4 ? "chat" : "sms", Math.Round(100 * random.NextDouble(), 2));
        })];
    }
}
