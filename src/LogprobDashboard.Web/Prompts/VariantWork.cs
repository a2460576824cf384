using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Prompts;

/// <summary>What prompts are filled in for: a sample of the experiment's dataset, or a text of one's own.</summary>
public sealed record PreviewSubject(string ExperimentId, int? SampleIndex, string? Text)
{
    public string Name => SampleIndex is { } index ? FormattableString.Invariant($"sample {index}") : "your own text";
}

/// <summary>Words filled in for a subject: whatever was worked out for one of these holds for no other.</summary>
public sealed record PromptKey(string System, string User, PreviewSubject Subject);

public sealed record CheckedPrompt(PromptKey Key, PromptCheck Check);

/// <summary>An answer to a call, or why there was none. <paramref name="Reading"/> names the labels and the endpoint of then.</summary>
public sealed record TriedPrompt(PromptKey Key, string Reading, TryRecord? Answer, UserErrorException? Failure);

/// <summary>The words in one card's editor, what they were written from, and what became of them. Lives as long as the page; the browser keeps the words for longer.</summary>
public sealed class VariantWork : IDisposable
{
    private CancellationTokenSource? _checking;
    private CancellationTokenSource? _trying;

    private VariantWork(string id, VariantRecord? saved, string system, string user)
    {
        (Id, Base, Newest, System, User) = (id, saved, saved, system, user);
        Name = saved?.Name ?? "";
    }

    public string Id { get; }

    /// <summary>The version that the words were written from; null where the variant is new.</summary>
    public VariantRecord? Base { get; private set; }

    public VariantRecord? Newest { get; private set; }

    /// <summary>Of a new variant: the name to be.</summary>
    public string Name { get; private set; }

    public string System { get; private set; }

    public string User { get; private set; }

    public CheckedPrompt? Checked { get; private set; }

    /// <summary>The last messages that could be filled in: they stay while a mistake stands in the templates.</summary>
    public IReadOnlyList<PromptMessage> LastMessages { get; private set; } = [];

    public TriedPrompt? Tried { get; private set; }

    public bool IsTrying => _trying is not null;

    public bool IsSaving { get; set; }

    /// <summary>Why the last command on the card did not go through.</summary>
    public UserErrorException? Problem { get; set; }

    public bool IsNew => Base is null;

    public bool IsUnsaved => Base is null || !SameWords(Base, System, User);

    /// <summary>Somebody saved another version since these words were begun.</summary>
    public bool IsBehind => Base is not null && Newest is not null && Base.Version != Newest.Version && IsUnsaved;

    public static VariantWork Of(VariantRecord variant) => new(variant.Id, variant, variant.System ?? "", variant.User);

    public static VariantWork OfNew(string name, FirstPrompt prompt) => new(PromptsState.NewVariant, null, prompt.System, prompt.User) { Name = name };

    public PromptKey KeyFor(PreviewSubject subject) => new(System, User, subject);

    public void Type(string field, string text)
    {
        (System, User) = field == PromptProblem.System ? (text, User) : (System, text);
        Problem = null;
    }

    public void TypeName(string name) => (Name, Problem) = (name, null);

    /// <summary>Another record of the same variant. Words that were not touched follow it; others stay, and are told to be behind.</summary>
    public void Follow(VariantRecord variant)
    {
        var untouched = !IsUnsaved;
        Newest = variant;
        if (untouched || SameWords(variant, System, User))
            Take(variant);
    }

    /// <summary>Words of this card have become a version. Whatever was typed while they were on their way is unsaved on top of it.</summary>
    public void Saved(VariantRecord version) => (Base, Newest, Problem) = (version, version, null);

    /// <summary>Words that the browser kept, and the version that they were written from.</summary>
    public void Resume(string? system, string? user, string? name, VariantRecord? from)
    {
        (System, User, Name) = (system ?? System, user ?? User, name ?? Name);
        Base = from ?? Base;
    }

    /// <summary>The newest version's words take the place of what was typed.</summary>
    public void TakeNewest()
    {
        if (Newest is not null)
            Take(Newest);
    }

    /// <summary>The words of another card's editor.</summary>
    public void CopyWords(VariantWork other) => (System, User, Checked, LastMessages, Tried) = (other.System, other.User, other.Checked, other.LastMessages, other.Tried);

    public void Accept(CheckedPrompt check)
    {
        Checked = check;
        if (check.Check.Messages.Count > 0)
            LastMessages = check.Check.Messages;
    }

    public void Accept(TriedPrompt tried) => Tried = tried;

    /// <summary>Ends the check before.</summary>
    public CancellationToken BeginCheck() => Begin(ref _checking);

    public CancellationToken BeginTry()
    {
        Problem = null;
        return Begin(ref _trying);
    }

    public void EndTry()
    {
        _trying?.Cancel();
        _trying?.Dispose();
        _trying = null;
    }

    public void Dispose()
    {
        _checking?.Cancel();
        _checking?.Dispose();
        _checking = null;
        EndTry();
    }

    private static CancellationToken Begin(ref CancellationTokenSource? source)
    {
        source?.Cancel();
        source?.Dispose();
        source = new CancellationTokenSource();
        return source.Token;
    }

    private static bool SameWords(VariantRecord record, string system, string user) =>
        (string.IsNullOrWhiteSpace(record.System) ? string.IsNullOrWhiteSpace(system) : record.System == system) && record.User == user;

    private void Take(VariantRecord variant) => (Base, Newest, Name, System, User, Problem) = (variant, variant, variant.Name, variant.System ?? "", variant.User, null);
}
