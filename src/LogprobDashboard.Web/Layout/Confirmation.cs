using MudBlazor;

namespace LogprobDashboard.Web.Layout;

/// <summary>Questions that come before something is lost.</summary>
internal static class Confirmation
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    /// <summary>True where the person said so.</summary>
    public static Task<bool> ConfirmAsync(this IDialogService dialogs, string title, string message, string action, params IReadOnlyList<string> details) =>
        AskAsync(dialogs, title, message, action, "Keep it", details);

    /// <summary>Before a page is left with something in it that leaving ends.</summary>
    public static Task<bool> ConfirmLeavingAsync(this IDialogService dialogs, string title, string message, string action) =>
        AskAsync(dialogs, title, message, action, "Stay here", []);

    private static async Task<bool> AskAsync(IDialogService dialogs, string title, string message, string action, string otherwise, IReadOnlyList<string> details)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Message, message },
            { dialog => dialog.Action, action },
            { dialog => dialog.Otherwise, otherwise },
            { dialog => dialog.Details, details },
        };
        var shown = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, Options);
        return await shown.Result is { Canceled: false };
    }
}
