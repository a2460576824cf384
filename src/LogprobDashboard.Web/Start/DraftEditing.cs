using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Start;

/// <summary>Whether what is on the page is in the database.</summary>
public enum SaveState
{
    Saved,

    /// <summary>Changed; it is saved as soon as the person pauses.</summary>
    Waiting,

    Saving,

    /// <summary>Somebody changed the draft elsewhere: the person decides which of the two stays.</summary>
    Conflict,

    /// <summary>It could not be saved; the next change tries again.</summary>
    Failed,
}

/// <summary>
/// A draft that is being written: saved a moment after each change, and at once when the person goes on or leaves. Used from one synchronisation context,
/// into which <paramref name="dispatch"/> leads; <paramref name="changed"/> is called there whenever <see cref="State"/> is another.
/// </summary>
public sealed class DraftEditing(DraftRecord draft, Func<string, DraftChange, Task<DraftRecord>> save, Func<Func<Task>, Task> dispatch, Action changed, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private ITimer? _timer;
    private Task? _saving;
    private int _version = draft.Version;
    private bool _unsaved;

    public string Id { get; } = draft.Id;

    public DraftContent Content { get; private set; } = draft.Content;

    public SaveState State { get; private set; }

    /// <summary>Why it could not be saved.</summary>
    public string? Problem { get; private set; }

    public void Change(DraftContent content)
    {
        Content = content;
        _unsaved = true;
        if (State == SaveState.Conflict)
            return;
        State = SaveState.Waiting;
        _timer ??= time.CreateTimer(_ => _ = dispatch(FlushAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Saves what is not saved yet, now.</summary>
    public async Task FlushAsync()
    {
        if (_saving is { } under)
            await under;
        if (_unsaved && State != SaveState.Conflict)
            await (_saving = SaveAsync(_version));
    }

    /// <summary>After a conflict: what is on this page replaces what was saved elsewhere.</summary>
    public Task KeepMineAsync() => _saving = SaveAsync(null);

    /// <summary>After a conflict, or where nothing is unsaved here: what was saved elsewhere replaces what is on this page.</summary>
    public void Take(DraftRecord stored)
    {
        (Content, _version, _unsaved, State, Problem) = (stored.Content, stored.Version, false, SaveState.Saved, null);
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A newer version that was read: taken where nothing would be lost by it.</summary>
    public void Meet(DraftRecord stored)
    {
        if (stored.Version > _version && !_unsaved && State is SaveState.Saved)
            Take(stored);
    }

    public void Dispose() => _timer?.Dispose();

    private async Task SaveAsync(int? basis)
    {
        (_unsaved, State) = (false, SaveState.Saving);
        changed();
        try
        {
            _version = (await save(Id, new DraftChange(Content, basis))).Version;
            (State, Problem) = (_unsaved ? SaveState.Waiting : SaveState.Saved, null);
        }
        catch (UserErrorException error)
        {
            (_unsaved, Problem) = (true, $"{error.Title} {error.Detail}");
            State = error.Kind == UserErrorKind.Conflict ? SaveState.Conflict : SaveState.Failed;
        }
        catch (Exception) // whatever the database met: the words stay on the page, and the next change tries again
        {
            (_unsaved, Problem, State) = (true, "The database did not take it. What you wrote is still here; the next change tries again.", SaveState.Failed);
        }
        finally
        {
            _saving = null;
            changed();
        }
    }
}
