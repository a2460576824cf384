using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>
/// Axe within the page that it looks at. What it finds is all that leaves the page: to carry what it found sound, and to finish in a page of its own, takes several times as long.
/// </summary>
internal static class Axe
{
    private const string Look = """
        async tags => {
          if (window.frames.length > 0)
            throw new Error('Axe would have to be in each frame too.');
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return violations.map(violation => `${violation.id}: ${violation.help} ${violation.nodes.map(node => node.html).join(', ')}`);
        }
        """;

    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each rule of WCAG 2.1 A and AA that is broken, and by which elements, once nothing is busy: what is about to be replaced is pale for a moment.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync($"() => {{ {Script} }}");
        return await page.EvaluateAsync<string[]>(Look, Tags);
    }
}
