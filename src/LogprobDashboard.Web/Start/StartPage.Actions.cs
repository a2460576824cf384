using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace LogprobDashboard.Web.Start;

/// <summary>What a person does on the page.</summary>
public sealed partial class StartPage
{
    /// <summary>What is written is saved before the next page is read, so that it shows it. What could not be saved is not left without a word.</summary>
    private async ValueTask BeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (_editing is not { } editing)
            return;
        await editing.FlushAsync();
        if (editing.State is not (SaveState.Conflict or SaveState.Failed) || Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsolutePath == AppRoutes.StartOf(editing.Id))
            return;
        if (!await Dialogs.ConfirmLeavingAsync("Leave without saving?", "What you wrote last on this page could not be saved: the draft was changed elsewhere, or the database did not take it.", "Leave, and lose it"))
            leaving.PreventNavigation();
    }

    private async Task ChooseAsync(string datasetId)
    {
        _choosing = true;
        try
        {
            var id = DraftId;
            if (Editing is { } editing)
            {
                editing.Change(Drafting.Choose(editing.Content, await Services.GetRequiredService<DatasetsQueries>().GetAsync(datasetId, CancellationToken.None)));
                await editing.FlushAsync();
            }
            else
            {
                id = (await Commands.CreateAsync(new DraftInput(datasetId), CancellationToken.None)).Id;
            }

            Navigation.NavigateTo(StartState.Default.At(DraftStep.Labels).AddressOf(id), replace: _state.Dataset is not null);
        }
        catch (UserErrorException error)
        {
            Snackbar.Add($"{error.Title} {error.Detail}", Severity.Error);
            if (_state.Dataset is not null)
                Navigation.NavigateTo(_state.WithoutDataset().AddressOf(DraftId), replace: true);
        }
        finally
        {
            _choosing = false;
        }
    }

    /// <summary>To the import and back: the draft is made first, so that the way back finds it.</summary>
    private async Task ImportAsync()
    {
        var id = DraftId ?? (await Commands.CreateAsync(new DraftInput(), CancellationToken.None)).Id;
        Navigation.NavigateTo(AppRoutes.ImportFor(id));
    }

    private async Task ChooseDemoAsync() => await ChooseAsync(await Services.GetRequiredService<DemoMessages>().DatasetIdAsync(CancellationToken.None));

    private void Search(string? text) => Navigation.NavigateTo(_state.WithSearch(text).AddressOf(DraftId), replace: true);

    private async Task MoreTokensAsync(int tokens)
    {
        if (Plan?.Endpoint is not { } endpoint)
            return;
        var agreed = await Dialogs.ConfirmAsync(
            $"Ask for {tokens} answer tokens?",
            $"This changes the endpoint \"{endpoint.Name}\", and with it every run that is started there from now on.",
            $"Use {tokens} answer tokens",
            "Runs that were started before keep what they were started with.",
            "Each answer costs more tokens, and the temperature becomes 0 unless the endpoint names one.");
        if (!agreed)
            return;
        try
        {
            await Endpoints.UpdateAsync(endpoint.Id, AnswerTokens.Change(endpoint, tokens), CancellationToken.None);
            await ReloadAsync();
        }
        catch (UserErrorException error)
        {
            Snackbar.Add($"{error.Title} {error.Detail}", Severity.Error);
        }
    }

    private async Task TakeAsync()
    {
        _editing!.Take(await Drafts.GetAsync(_editing.Id, CancellationToken.None));
        await ReloadAsync();
    }

    private Task KeepAsync() => _editing!.KeepMineAsync();

    private async Task DiscardAsync()
    {
        if (!await Dialogs.ConfirmAsync("Discard this draft?", "What was set up here is lost. Datasets and endpoints stay.", "Discard the draft"))
            return;
        await Commands.DeleteAsync(DraftId!, CancellationToken.None);
        _editing?.Dispose();
        _editing = null;
        Navigation.NavigateTo(AppRoutes.Experiments);
    }

    private async Task CreateAsync(bool run)
    {
        if (_creating)
            return;
        (_creating, _failure) = (true, null);
        try
        {
            if (Editing is { } editing)
                await editing.FlushAsync();
            if (Editing?.State is SaveState.Conflict or SaveState.Failed)
                return;
            var made = await Completion.CompleteAsync(DraftId!, new DraftCompletionInput(run), CancellationToken.None);
            _editing?.Dispose();
            _editing = null;
            Navigation.NavigateTo(run ? AppRoutes.RunsOf(made.ExperimentId) : AppRoutes.PromptsOf(made.ExperimentId));
        }
        catch (UserErrorException error)
        {
            await ReloadAsync();
            _failure = $"{error.Title} {error.Detail}";
        }
        finally
        {
            _creating = false;
        }
    }
}
