using System.Text;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Sharing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LogprobDashboard.Web.Sharing;

/// <summary>Writes a document down as HTML.</summary>
public sealed class DocumentRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="screen">What is shown, without what must not be (<see cref="SharedScreen"/>).</param>
    /// <param name="state">The state of the page that it is a view of.</param>
    /// <param name="nature">What the document is.</param>
    /// <param name="sources">Where the figures come from; null where no run is shown.</param>
    public async Task<byte[]> RenderAsync(CompareScreen screen, CompareState state, DocumentNature nature, Provenance? sources)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var document = await renderer.RenderComponentAsync<ViewDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(ViewDocument.Screen)] = screen,
                [nameof(ViewDocument.State)] = state,
                [nameof(ViewDocument.Nature)] = nature,
                [nameof(ViewDocument.Provenance)] = sources,
            }));
            return document.ToHtmlString();
        });
        return Encoding.UTF8.GetBytes(html);
    }
}
