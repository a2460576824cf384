using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>A page and everything that went wrong on it: console errors, uncaught errors, requests that failed or were refused.</summary>
public sealed class PageWatch : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    public PageWatch(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"uncaught: {error}");
        page.RequestFailed += (_, request) => Note(true, $"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
    }

    public IPage Page { get; }

    /// <summary>Where this page's chart is, drawn.</summary>
    public ILocator Chart => Page.Locator(".chart-canvas[data-drawn]");

    /// <summary>Opens an address and waits until its controls work: a prerendered page shows them a moment before.</summary>
    public async Task<IResponse?> GotoAsync(string address)
    {
        var response = await Page.GotoAsync(address);
        await Page.Locator("main[data-interactive]").WaitForAsync();
        return response;
    }

    public void AssertNoFaults() => Assert.Empty(_faults);

    public async Task AssertNoHorizontalOverflowAsync() => Assert.Null(await OverflowAsync());

    /// <summary>WCAG 2.1 A and AA, as far as axe can tell.</summary>
    public async Task AssertAccessibleAsync() => Assert.Equal("", string.Join('\n', await Axe.ViolationsAsync(Page)));

    /// <summary>Overflow and axe's findings, in words.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync() =>
        [.. await OverflowAsync() is { } overflow ? [overflow] : Array.Empty<string>(), .. await Axe.ViolationsAsync(Page)];

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task<string?> OverflowAsync()
    {
        var beyond = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return beyond > 0 ? $"The page is {beyond} pixels wider than the window." : null;
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
            _faults.Enqueue(text);
    }
}
