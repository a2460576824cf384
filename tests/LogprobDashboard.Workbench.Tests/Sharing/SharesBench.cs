using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Sharing;
using LogprobDashboard.Workbench.Tests.Compare;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Sharing;

/// <summary>An experiment with one run to share, and a clock that stands still until a test moves it.</summary>
internal sealed class SharesBench : IAsyncDisposable
{
    private static readonly BenchSample[] Samples = [new(true, 2), new(true, 1), new(false, -1), new(false, 0.5)];

    private SharesBench(WorkbenchHarness harness, FakeTimeProvider time, CompareBench bench) => (Harness, Time, Compared) = (harness, time, bench);

    public WorkbenchHarness Harness { get; }

    public FakeTimeProvider Time { get; }

    public CompareBench Compared { get; }

    public string Experiment => Compared.Experiment.Id;

    public SharesService Shares => Harness.Get<SharesService>();

    public SharesQueries Queries => Harness.Get<SharesQueries>();

    public static async Task<SharesBench> StartAsync(TemporaryDirectory directory)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
        var harness = await WorkbenchHarness.StartAsync(directory, time);
        return new SharesBench(harness, time, await CompareBench.WithAsync(harness, Samples));
    }

    public Task<CreatedShare> ShareAsync(ShareInput? input = null, byte[]? document = null) =>
        Shares.CreateAsync(Experiment, input ?? new ShareInput(), document, CancellationToken.None);

    public Task<OpenedShare?> FindAsync(string? token) => Queries.FindAsync(token, CancellationToken.None);

    public Task<PagedResult<ShareRecord>> ListAsync(string? cursor = null, int take = 50) => Queries.ListAsync(Experiment, cursor, take, CancellationToken.None);

    public ValueTask DisposeAsync() => Harness.DisposeAsync();
}
