using System.Runtime.InteropServices;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>A Chromium or Chrome of this machine: <c>CHROME_PATH</c>, then the PATH, then the usual places.</summary>
internal static class InstalledBrowser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    public static string? Find() => Candidates().FirstOrDefault(File.Exists);

    /// <summary>Has Playwright download its own Chromium; false where that is not possible.</summary>
    public static bool TryInstall()
    {
        try
        {
            return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0;
        }
        catch (Exception problem) when (problem is Microsoft.Playwright.PlaywrightException or IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"Playwright could not install Chromium: {problem.Message}");
            return false;
        }
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } given)
            yield return given;
        var suffix = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ".exe" : "";
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var name in Names)
                yield return Path.Combine(folder, name + suffix);
        }

        foreach (var application in new[] { "Chromium", "Google Chrome", "Microsoft Edge" })
            yield return $"/Applications/{application}.app/Contents/MacOS/{application}";
        foreach (var root in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }.Select(Environment.GetEnvironmentVariable).OfType<string>())
        {
            foreach (var place in new[] { @"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" })
                yield return Path.Combine(root, place);
        }
    }
}
