using LogprobDashboard.Workbench.Prompts;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Prompts;

/// <summary>What was typed into a card and not saved, as the browser kept it.</summary>
public sealed record KeptWords(string? System, string? User, string? Name, int? Version);

/// <summary>Unsaved words in the browser's storage, by experiment and variant. The editor writes there at every key; this reads, and clears what was saved.</summary>
public sealed class PromptDrafts(IJSRuntime javaScript) : IAsyncDisposable
{
    private const string OwnText = "text";
    private IJSObjectReference? _module;

    /// <summary>False where the browser refuses to keep anything.</summary>
    public bool CanKeep { get; private set; } = true;

    public static string KeyOf(string experimentId, string variantId) => $"{experimentId}.{variantId}";

    public async Task<(IReadOnlyDictionary<string, KeptWords> Words, string? OwnText)> LoadAsync(string experimentId)
    {
        var module = await ModuleAsync();
        var stored = await module.InvokeAsync<StoredDrafts?>("drafts", experimentId + ".");
        CanKeep = stored?.CanKeep ?? true;
        var texts = stored?.Texts ?? new Dictionary<string, StoredText>();
        var words = texts.Select(pair => (Parts: pair.Key.Split('.'), pair.Value)).Where(pair => pair.Parts.Length == 2).GroupBy(pair => pair.Parts[0]).ToDictionary(
            variant => variant.Key,
            variant => new KeptWords(
                variant.FirstOrDefault(pair => pair.Parts[1] == "system").Value?.Text,
                variant.FirstOrDefault(pair => pair.Parts[1] == "user").Value?.Text,
                variant.FirstOrDefault(pair => pair.Parts[1] == "name").Value?.Text,
                variant.Select(pair => pair.Value.Base).FirstOrDefault(version => version is not null)));
        return (words, texts.GetValueOrDefault(OwnText)?.Text);
    }

    public Task ForgetAsync(string experimentId, string variantId)
    {
        var key = KeyOf(experimentId, variantId);
        return StoreAsync(new() { [$"{key}.system"] = null, [$"{key}.user"] = null, [$"{key}.name"] = null }, null);
    }

    /// <summary>Forgets what has become a version; what another tab, or the same hand, has written there since stays.</summary>
    public async Task ForgetSavedAsync(string experimentId, string variantId, VariantRecord saved)
    {
        var key = KeyOf(experimentId, variantId);
        await (await ModuleAsync()).InvokeVoidAsync("forgetSaved", new Dictionary<string, string> { [$"{key}.system"] = saved.System ?? "", [$"{key}.user"] = saved.User });
    }

    public Task KeepAsync(string experimentId, VariantWork work)
    {
        var key = KeyOf(experimentId, work.Id);
        return StoreAsync(new() { [$"{key}.system"] = work.System, [$"{key}.user"] = work.User }, work.Base?.Version);
    }

    public Task KeepNameAsync(string experimentId, string variantId, string name) => StoreAsync(new() { [$"{KeyOf(experimentId, variantId)}.name"] = name }, null);

    public Task KeepOwnTextAsync(string experimentId, string text) => StoreAsync(new() { [$"{experimentId}.{OwnText}"] = text }, null);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private async Task StoreAsync(Dictionary<string, string?> texts, int? version) => await (await ModuleAsync()).InvokeVoidAsync("keepAll", texts, version);

    private async Task<IJSObjectReference> ModuleAsync() => _module ??= await javaScript.InvokeAsync<IJSObjectReference>("import", "./js/promptEditor.js");

    private sealed record StoredDrafts(bool CanKeep, Dictionary<string, StoredText> Texts);

    private sealed record StoredText(string Text, int? Base);
}
