using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using MudBlazor;

namespace LogprobDashboard.Web.Prompts;

/// <summary>What a person can do on the page.</summary>
public sealed partial class PromptsPage
{
    private static readonly DialogOptions DialogLook = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    private Task ActAsync(VariantWork work, CardAction action) => action switch
    {
        CardAction.Type type => TypeAsync(work, type),
        CardAction.TypeName type => TypeNameAsync(work, type.Name),
        CardAction.Save save => SaveAsync(work, save.OnTop),
        CardAction.TakeNewest => TakeNewestAsync(work),
        CardAction.Try => Bench.TryAsync(work, Subjects, Screen!.Reading),
        CardAction.StopTrying => StopTrying(work),
        CardAction.Rename => RenameAsync(work),
        CardAction.Duplicate => DuplicateAsync(work),
        CardAction.Delete => DeleteAsync(work),
        CardAction.Restore restore => RestoreAsync(work, restore.Version),
        CardAction.ShowPane show => ShowPane(show.Pane),
        _ => Task.CompletedTask,
    };

    private Task TypeAsync(VariantWork work, CardAction.Type type)
    {
        work.Type(type.Field, type.Text);
        _ = ShowCheckAsync(Bench.CheckSoonAsync(work, Subjects));
        return Task.CompletedTask;
    }

    /// <summary>Not awaited by the key that asked for it: each key that waits for its end would have everything drawn again when it comes.</summary>
    private async Task ShowCheckAsync(Task check)
    {
        try
        {
            await check;
            StateHasChanged();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private Task TypeNameAsync(VariantWork work, string name)
    {
        work.TypeName(name);
        return Drafts.KeepNameAsync(Id, work.Id, name);
    }

    private async Task SaveAsync(VariantWork work, bool onTop)
    {
        var saved = await Bench.SaveAsync(work, Id, onTop);
        if (saved is null)
        {
            if (work.Problem?.Kind == UserErrorKind.Conflict)
                await ReloadAsync(); // the version that came between
            return;
        }

        Snackbar.Add($"{saved.Name} is saved as version {saved.Version}.", Severity.Success);
        await Drafts.ForgetSavedAsync(Id, work.Id, saved);
        if (!work.IsNew)
        {
            await ReloadAsync();
            return;
        }

        var shown = PromptsScreen.Shown(_state, Screen!.Variants);
        var card = Bench.Of(saved);
        card.CopyWords(work);
        if (card.IsUnsaved)
            await Drafts.KeepAsync(Id, card);
        await Drafts.ForgetAsync(Id, work.Id);
        Bench.Forget(work.Id);
        await ReloadAsync();
        Show(_state.WithVariants([.. shown.Where(id => id != PromptsState.NewVariant), saved.Id]), replace: true);
    }

    private async Task TakeNewestAsync(VariantWork work)
    {
        var (message, action) = work.IsNew
            ? ("The new variant has not been saved; its words would be gone.", "Discard the new variant")
            : ($"The words in the editor have not been saved; those of version {work.Newest!.Version} would take their place.", "Discard the unsaved words");
        if (!await Dialogs.ConfirmAsync("Discard what was typed?", message, action))
            return;
        await Drafts.ForgetAsync(Id, work.Id);
        if (work.IsNew)
        {
            Bench.Forget(work.Id);
            Show(_state.WithVariants(_state.Variants.Where(id => id != PromptsState.NewVariant)), replace: true);
            await ReloadAsync();
            return;
        }

        work.TakeNewest();
        await Bench.CheckSoonAsync(work, Subjects);
    }

    private static Task StopTrying(VariantWork work)
    {
        work.EndTry();
        return Task.CompletedTask;
    }

    private async Task TryAllAsync()
    {
        var screen = Screen!;
        await Task.WhenAll(PromptsScreen.Shown(_state, screen.Variants).Select(WorkOf).Where(work => !work.IsTrying).Select(work => Bench.TryAsync(work, Subjects, screen.Reading)));
    }

    private async Task RenameAsync(VariantWork work)
    {
        var parameters = new DialogParameters<NameDialog>
        {
            { dialog => dialog.Name, work.Newest!.Name },
            { dialog => dialog.Save, name => AttemptAsync(() => VariantsService.RenameAsync(Id, work.Id, name, CancellationToken.None)) },
        };
        var shown = await Dialogs.ShowAsync<NameDialog>($"Rename {work.Newest.Name}", parameters, DialogLook);
        if (await shown.Result is { Canceled: false })
            await ReloadAsync();
    }

    private async Task DuplicateAsync(VariantWork work)
    {
        VariantRecord? copy = null;
        work.Problem = await AttemptAsync(async () => copy = await VariantsService.DuplicateAsync(Id, work.Id, null, CancellationToken.None));
        if (copy is null)
            return;
        if (work.IsUnsaved)
        {
            var copied = Bench.Of(copy);
            copied.CopyWords(work);
            await Drafts.KeepAsync(Id, copied);
        }

        Snackbar.Add($"{copy.Name} begins with the words of {work.Newest!.Name}.", Severity.Success);
        var shown = PromptsScreen.Shown(_state, Screen!.Variants);
        await ReloadAsync();
        Show(_state.WithVariants([.. shown, copy.Id]));
    }

    private async Task DeleteAsync(VariantWork work)
    {
        var variant = work.Newest!;
        if (Screen!.UseOf(work.Id).Runs == 0)
        {
            IReadOnlyList<string> details = [Figures.Count(variant.Version, "version of its words", "versions of its words"), .. work.IsUnsaved ? ["what was typed and not saved"] : Array.Empty<string>()];
            if (!await Dialogs.ConfirmAsync($"Delete {variant.Name}?", "It never ran, so no result goes with it. Gone for good are:", "Delete the variant", details))
                return;
        }

        work.Problem = await AttemptAsync(() => VariantsService.DeleteAsync(Id, work.Id, CancellationToken.None));
        if (work.Problem is not null)
            return;
        await Drafts.ForgetAsync(Id, work.Id);
        Bench.Forget(work.Id);
        Snackbar.Add($"{variant.Name} is deleted.", Severity.Success);
        await ReloadAsync();
        if (_state.Variants.Contains(variant.Id, StringComparer.Ordinal))
            Show(_state.WithVariants(_state.Variants.Where(id => id != variant.Id)).WithPane(new PromptPane(variant.Id, PaneKind.Edit)), replace: true);
    }

    private async Task RestoreAsync(VariantWork work, VariantVersionRecord version)
    {
        if (work.IsUnsaved && !await Dialogs.ConfirmAsync("Replace what was typed?", $"The words in the editor have not been saved; those of version {version.Version} would take their place.", $"Restore version {version.Version}"))
            return;
        VariantRecord? saved = null;
        work.Problem = await AttemptAsync(async () => saved = await VariantsService.UpdateAsync(Id, work.Id, new VariantInput(work.Newest!.Name, version.System, version.User, work.Newest.Version), CancellationToken.None));
        await ReloadAsync();
        if (saved is null)
            return;
        work.Follow(saved);
        work.TakeNewest();
        await Drafts.ForgetAsync(Id, work.Id);
        Snackbar.Add($"Version {version.Version} of {saved.Name} is its version {saved.Version} now.", Severity.Success);
        await ReloadAsync();
    }

    private Task ShowPane(PromptPane pane)
    {
        Show(_state.WithPane(pane), replace: true);
        return Task.CompletedTask;
    }

    private void ShowSample(int index) => Show(_state.WithSample(index));

    private async Task ShowRandomAsync()
    {
        if (await Samples.AnyAsync(Id, _state.Label, CancellationToken.None) is { } index)
            Show(_state.WithSample(index));
    }

    /// <summary>The next sample of that label from here on.</summary>
    private void ShowLabel(string? label) => Show(_state.WithSample(Screen?.Sample?.Sample.Index ?? 0).WithLabel(label));

    private void ShowInvisible(bool invisible) => Show(_state.WithInvisible(invisible), replace: true);

    private async Task TypeOwnTextAsync(string text)
    {
        _ownText = text;
        await Drafts.KeepOwnTextAsync(Id, text);
        _ = ShowCheckAsync(CheckShownAsync());
    }

    private void KeepOwnText() => Show(_state.WithText(_ownText), replace: true);

    private async Task ChooseEndpointAsync(string endpointId)
    {
        _endpointProblem = await AttemptAsync(() => ExperimentsService.ChangeAsync(Id, new ExperimentChange(EndpointId: endpointId), CancellationToken.None));
        await ReloadAsync();
    }

    private async Task EditLabelsAsync()
    {
        var experiment = Screen!.Experiment;
        var parameters = new DialogParameters<LabelWordsDialog>
        {
            { dialog => dialog.Labels, experiment.Labels },
            { dialog => dialog.Positive, experiment.PositiveLabel },
            { dialog => dialog.Runs, experiment.RunCount },
            { dialog => dialog.Palette, Screen.Palette },
            { dialog => dialog.Save, (labels, positive) => AttemptAsync(() => ExperimentsService.ChangeAsync(Id, new ExperimentChange(Labels: labels, PositiveLabel: positive), CancellationToken.None)) },
        };
        var shown = await Dialogs.ShowAsync<LabelWordsDialog>("Labels and their words", parameters, DialogLook);
        if (await shown.Result is not { Canceled: false })
            return;
        await ReloadAsync();
        Snackbar.Add(experiment.RunCount == 0 ? "The label words are changed." : $"The label words are changed; {Figures.Count(experiment.RunCount, "run was", "runs were")} read again.", Severity.Success);
    }

    /// <returns>Null where it went through.</returns>
    private static async Task<UserErrorException?> AttemptAsync(Func<Task> command)
    {
        try
        {
            await command();
            return null;
        }
        catch (UserErrorException problem)
        {
            return problem;
        }
    }
}
