using Microsoft.Playwright;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>
/// One real browser for all tests. Where none is found and none can be installed the tests are skipped, loudly; with CI=true they fail.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>How long anything may take: long enough for a machine that is busy with other things, since nothing waits longer than it has to.</summary>
    private const float Patience = 60_000;

    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _problem = "";

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        var path = InstalledBrowser.Find();
        if (path is null && !InstalledBrowser.TryInstall())
        {
            _problem = "No Chromium or Chrome was found and none could be installed. Install one, or set CHROME_PATH to its executable.";
            Console.WriteLine($"BROWSER TESTS ARE SKIPPED. {_problem}");
            return;
        }

        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page in a context of its own: no storage, no cookies of another test.</summary>
    /// <param name="address">What relative addresses are relative to.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="ignorePolicy">Whether scripts of the test may run on a page that allows none.</param>
    public async Task<PageWatch> OpenAsync(Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool ignorePolicy = false)
    {
        if (_browser is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(_problem);
        Skip.If(_browser is null, _problem);
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 1000 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            BypassCSP = ignorePolicy,
        });
        context.SetDefaultTimeout(Patience);
        return new PageWatch(context, await context.NewPageAsync());
    }
}
