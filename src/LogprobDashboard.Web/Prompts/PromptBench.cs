using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Prompts;

/// <summary>Everything that is being worked on in one page. Not shared between pages: two tabs are two benches, and a save tells them apart by version.</summary>
public sealed class PromptBench(PromptChecks checks, TryService trying, VariantsService variants, TimeProvider time) : IDisposable
{
    /// <summary>How long a hand must rest before what it typed is checked.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, VariantWork> _works = new(StringComparer.Ordinal);

    public IEnumerable<VariantWork> Works => _works.Values;

    public int UnsavedCount => _works.Values.Count(work => work.IsUnsaved);

    public VariantWork Of(VariantRecord variant)
    {
        if (!_works.TryGetValue(variant.Id, out var work))
            _works[variant.Id] = work = VariantWork.Of(variant);
        else if (work.Newest != variant)
            work.Follow(variant);
        return work;
    }

    /// <summary>The variant that is not saved yet, begun with these words.</summary>
    public VariantWork OfNew(string name, FirstPrompt prompt)
    {
        if (!_works.TryGetValue(PromptsState.NewVariant, out var work))
            _works[PromptsState.NewVariant] = work = VariantWork.OfNew(name, prompt);
        return work;
    }

    public VariantWork? Find(string id) => _works.GetValueOrDefault(id);

    public void Forget(string id)
    {
        if (_works.Remove(id, out var work))
            work.Dispose();
    }

    public void Clear()
    {
        foreach (var id in _works.Keys.ToList())
            Forget(id);
    }

    /// <summary>Checks once no further key has come for a while; a later call takes the place of an earlier one.</summary>
    public async Task CheckSoonAsync(VariantWork work, PreviewSubject subject)
    {
        var token = work.BeginCheck();
        try
        {
            await Task.Delay(Pause, time, token);
            work.Accept(await CheckAsync(work, subject, token));
        }
        catch (OperationCanceledException)
        {
            // Another key came, or the page is gone.
        }
        catch (UserErrorException problem)
        {
            work.Problem = problem;
        }
    }

    public async Task<CheckedPrompt> CheckAsync(VariantWork work, PreviewSubject subject, CancellationToken cancellationToken)
    {
        var key = work.KeyFor(subject);
        var check = await checks.CheckAsync(subject.ExperimentId, new PromptCheckInput(key.System, key.User, subject.SampleIndex, subject.Text), cancellationToken);
        return new CheckedPrompt(key, check);
    }

    /// <summary>One call with the words as they stand.</summary>
    public async Task TryAsync(VariantWork work, PreviewSubject subject, string reading)
    {
        var token = work.BeginTry();
        var key = work.KeyFor(subject);
        try
        {
            var answer = await trying.TryDraftAsync(subject.ExperimentId, new TryDraftInput(key.System, key.User, subject.Text, subject.SampleIndex), token);
            work.Accept(new TriedPrompt(key, reading, answer, null));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return; // stopped, or left
        }
        catch (UserErrorException failure)
        {
            work.Accept(new TriedPrompt(key, reading, null, failure));
        }

        work.EndTry();
    }

    /// <returns>The version that the words have become; null where they could not be saved, and <see cref="VariantWork.Problem"/> says why.</returns>
    public async Task<VariantRecord?> SaveAsync(VariantWork work, string experimentId, bool onTop)
    {
        if (work.IsSaving)
            return null;
        (work.IsSaving, work.Problem) = (true, null);
        try
        {
            var saved = work.Base is null
                ? await variants.CreateAsync(experimentId, new VariantInput(work.Name, work.System, work.User), CancellationToken.None)
                : await variants.UpdateAsync(experimentId, work.Id, new VariantInput((work.Newest ?? work.Base).Name, work.System, work.User, onTop ? work.Newest?.Version : work.Base.Version), CancellationToken.None);
            if (work.Base is not null)
                work.Saved(saved);
            return saved;
        }
        catch (UserErrorException problem)
        {
            work.Problem = problem;
            return null;
        }
        finally
        {
            work.IsSaving = false;
        }
    }

    public void Dispose() => Clear();
}
