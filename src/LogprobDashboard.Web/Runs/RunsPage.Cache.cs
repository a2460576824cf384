using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Runs;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Runs;

/// <content>The stored answers of all experiments, which a start may use.</content>
public sealed partial class RunsPage
{
    private CacheRecord? _stored;
    private UserErrorException? _storedProblem;
    private bool _emptying;

    [Inject]
    private CacheService CacheService { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private async Task ReadStoredAsync() => _stored = await CacheService.GetAsync(CancellationToken.None);

    private async Task EmptyAsync()
    {
        if (!await Dialogs.ConfirmAsync(
            "Ask everything anew",
            $"{Figures.Count(_stored!.Reusable, "stored answer will serve", "stored answers will serve")} no further request, in any experiment.",
            "Empty the cache",
            ["The same run later makes, and pays for, all of its calls again.", "Runs keep the answers that they have: no curve changes."]))
        {
            return;
        }

        (_emptying, _storedProblem) = (true, null);
        try
        {
            var emptied = await CacheService.EmptyAsync(CancellationToken.None);
            (_stored, _costOf) = (emptied.Cache, null);
            Snackbar.Add($"The cache is empty: {Figures.Count(emptied.Kept, "answer stays", "answers stay")} with {(emptied.Kept == 1 ? "its run" : "their runs")}, {Figures.Count(emptied.Removed, "was", "were")} removed.", Severity.Success);
        }
        catch (UserErrorException problem)
        {
            _storedProblem = problem;
        }
        finally
        {
            _emptying = false;
        }
    }
}
