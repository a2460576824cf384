using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>A view as others get it: what a link shows, or a report. It has no circuit, and asks for nothing but itself.</summary>
internal sealed class SharedDocument : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();

    private SharedDocument(PageWatch watch)
    {
        Watch = watch;
        watch.Page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public PageWatch Watch { get; }

    public IPage Page => Watch.Page;

    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>In a browser that knows nothing of the product.</summary>
    public static async Task<SharedDocument> OpenAsync(BrowserFixture browser, Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool ignorePolicy = false)
    {
        var document = new SharedDocument(await browser.OpenAsync(address, width, scheme, ignorePolicy));
        if (address.IsFile)
            await document.Page.Context.SetOfflineAsync(true);
        await document.Page.GotoAsync(address.AbsoluteUri);
        return document;
    }

    public static async Task<Uri> ShareAsync(HttpClient client, string experimentId, string view, bool includeTexts = false)
    {
        using var answer = await client.PostAsJsonAsync($"/api/experiments/{experimentId}/shares", new { view, includeTexts });
        answer.EnsureSuccessStatusCode();
        return new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!);
    }

    /// <summary>The verdict, the figures of each run and both confusions: of the page itself or of a document.</summary>
    public static async Task<IReadOnlyList<string>> FiguresAsync(IPage page) =>
        await page.Locator(".verdict b, .figures-card tbody td, .confusion h3, .confusion-cells li, .confusion-card tbody td").AllInnerTextsAsync();

    public async Task AssertAsksForNothingAsync()
    {
        Assert.Equal(0, await Page.EvaluateAsync<int>("() => document.scripts.length"));
        Assert.Equal(0, await Page.Locator("button, input, select, textarea, form, a, link, script, iframe, object, img, [onclick]").CountAsync());
        Assert.Equal([Page.Url], Requests);
    }

    public ValueTask DisposeAsync() => Watch.DisposeAsync();
}
