using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace LogprobDashboard.Web.Layout;

/// <summary>The frame around every page. An error in a page stays in the page; going elsewhere clears it.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private string _path = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool OnExperiments => _path.StartsWith("experiments/", StringComparison.Ordinal);

    protected override void OnInitialized()
    {
        _path = Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
    }

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        _path = Navigation.ToBaseRelativePath(change.Location);
        _ = InvokeAsync(() =>
        {
            Recover();
            StateHasChanged();
        });
    }

    private void Recover() => _boundary?.Recover();
}
