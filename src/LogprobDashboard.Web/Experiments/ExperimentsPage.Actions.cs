using LogprobDashboard.Web.Layout;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;
using MudBlazor;

namespace LogprobDashboard.Web.Experiments;

/// <summary>What a person does to what is listed.</summary>
public sealed partial class ExperimentsPage
{
    private Task RenameAsync(ExperimentOverview experiment) => TryAsync(async () =>
    {
        var dialog = await Dialogs.ShowAsync<RenameDialog>("Rename the experiment", new DialogParameters<RenameDialog> { { rename => rename.Name, experiment.Name } }, RenameDialog.Options);
        if (await dialog.Result is not { Canceled: false, Data: string name })
            return;
        await Commands.ChangeAsync(experiment.Id, new ExperimentChange(Name: name), CancellationToken.None);
        await ReloadAsync();
    });

    private Task DuplicateAsync(ExperimentOverview experiment) => TryAsync(async () =>
    {
        var draft = await DraftCommands.CreateAsync(new DraftInput(ExperimentId: experiment.Id), CancellationToken.None);
        Navigation.NavigateTo(AppRoutes.StartOf(draft.Id));
    });

    private Task DeleteAsync(ExperimentOverview experiment) => TryAsync(async () =>
    {
        if (!await Dialogs.ConfirmAsync($"Delete \u201c{experiment.Name}\u201d?", $"What was made in it goes with it and cannot be brought back. The dataset \u201c{experiment.DatasetName}\u201d stays, and so do the answers in the cache: the same prompt asked again costs nothing.", "Delete the experiment", GoesWithIt(experiment)))
            return;
        await Commands.DeleteAsync(experiment.Id, CancellationToken.None);
        await ReloadAsync();
    });

    private Task DiscardAsync(DraftRecord draft) => TryAsync(async () =>
    {
        if (!await Dialogs.ConfirmAsync("Discard this draft?", "What was set up in it is lost. Datasets and endpoints stay.", "Discard the draft"))
            return;
        await DraftCommands.DeleteAsync(draft.Id, CancellationToken.None);
        await ReloadAsync();
    });

    private Task StartWithDemoAsync() => TryAsync(async () =>
    {
        var dataset = await Services.GetRequiredService<DemoMessages>().DatasetIdAsync(CancellationToken.None);
        var draft = await DraftCommands.CreateAsync(new DraftInput(dataset), CancellationToken.None);
        Navigation.NavigateTo(StartState.Default.At(DraftStep.Labels).AddressOf(draft.Id));
    });

    private static string[] GoesWithIt(ExperimentOverview experiment) =>
    [
        $"{Figures.Count(experiment.VariantCount, "prompt variant", "prompt variants")} with every version",
        $"{Figures.Count(experiment.RunCount, "run", "runs")} with the results and figures",
    ];

    /// <summary>What cannot be done is said, and the page stays.</summary>
    private async Task TryAsync(Func<Task> act)
    {
        _working = true;
        try
        {
            await act();
        }
        catch (UserErrorException error)
        {
            Snackbar.Add($"{error.Title} {error.Detail}", Severity.Error);
        }
        finally
        {
            _working = false;
        }
    }
}
