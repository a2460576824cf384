using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Start;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Web.Tests.Start;

public sealed class DraftEditingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<DraftChange> _saved = [];
    private Func<DraftChange, Task<DraftRecord>>? _answer;
    private int _version = 1;

    private static DraftRecord Draft { get; } = new("7", 1, new DraftContent { Name = "first" }, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    [Fact]
    public void Change_SeveralInAHurry_AreSavedOnceAfterAPause()
    {
        using var editing = Begin();
        foreach (var name in new[] { "a", "ab", "abc" })
        {
            editing.Change(editing.Content with { Name = name });
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Empty(_saved);
        Assert.Equal(SaveState.Waiting, editing.State);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("abc", 1), (Assert.Single(_saved).Content!.Name, _saved[0].Version));
        Assert.Equal(SaveState.Saved, editing.State);
    }

    [Fact]
    public async Task Flush_OnLeaving_SavesAtOnce_AndNothingTwice()
    {
        using var editing = Begin();
        editing.Change(editing.Content with { Name = "left" });
        await editing.FlushAsync();
        await editing.FlushAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("left", Assert.Single(_saved).Content!.Name);
    }

    [Fact]
    public async Task Change_WhileASaveIsUnderWay_IsSavedAfterIt_FromTheVersionThatItMade()
    {
        var under = new TaskCompletionSource();
        _answer = async change =>
        {
            await under.Task;
            return Store(change);
        };
        using var editing = Begin();
        editing.Change(editing.Content with { Name = "one" });
        var flushing = editing.FlushAsync();
        editing.Change(editing.Content with { Name = "two" });
        var after = editing.FlushAsync();
        under.SetResult();
        await flushing;
        await after;
        Assert.Equal(["one", "two"], _saved.Select(change => change.Content!.Name));
        Assert.Equal([1, 2], _saved.Select(change => change.Version));
        Assert.Equal(SaveState.Saved, editing.State);
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseChanged_KeepsBothUntilThePersonDecides()
    {
        _answer = change => change.Version is null ? Task.FromResult(Store(change)) : throw new UserErrorException(UserErrorKind.Conflict, "Changed.", "Load.");
        using var editing = Begin();
        editing.Change(editing.Content with { Name = "mine" });
        await editing.FlushAsync();
        Assert.Equal(SaveState.Conflict, editing.State);
        editing.Change(editing.Content with { Name = "mine still" });
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_saved);
        await editing.KeepMineAsync();
        Assert.Equal(("mine still", SaveState.Saved), (Assert.Single(_saved).Content!.Name, editing.State));
    }

    [Fact]
    public async Task Take_AfterAConflict_ShowsWhatWasSavedElsewhere()
    {
        _answer = _ => throw new UserErrorException(UserErrorKind.Conflict, "Changed.", "Load.");
        using var editing = Begin();
        editing.Change(editing.Content with { Name = "mine" });
        await editing.FlushAsync();
        editing.Take(Draft with { Version = 5, Content = new DraftContent { Name = "theirs" } });
        Assert.Equal(("theirs", SaveState.Saved), (editing.Content.Name, editing.State));
    }

    [Fact]
    public async Task Save_ThatFails_LosesNothingAndIsTriedAgainWithTheNextChange()
    {
        _answer = _ => throw new IOException("disk full");
        using var editing = Begin();
        editing.Change(editing.Content with { Name = "kept" });
        await editing.FlushAsync();
        Assert.Equal((SaveState.Failed, "kept"), (editing.State, editing.Content.Name));
        _answer = null;
        editing.Change(editing.Content with { Samples = 5 });
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("kept", 5), (Assert.Single(_saved).Content!.Name, _saved[0].Content!.Samples));
    }

    [Fact]
    public void Meet_ANewerVersion_IsTakenOnlyWhereNothingIsUnsaved()
    {
        using var editing = Begin();
        var newer = Draft with { Version = 4, Content = new DraftContent { Name = "newer" } };
        editing.Change(editing.Content with { Name = "mine" });
        editing.Meet(newer);
        Assert.Equal("mine", editing.Content.Name);
        editing.Take(Draft);
        editing.Meet(newer);
        Assert.Equal("newer", editing.Content.Name);
    }

    private DraftEditing Begin() => new(Draft, (_, change) => _answer is { } answer ? answer(change) : Task.FromResult(Store(change)), act => act(), () => { }, _time);

    private DraftRecord Store(DraftChange change)
    {
        _saved.Add(change);
        return Draft with { Version = ++_version, Content = change.Content! };
    }
}
