using LogprobDashboard.Web.Layout;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Samples;

/// <summary>One sample in every run of its experiment.</summary>
public sealed partial class SamplePage
{
    [Parameter]
    public string Id { get; set; } = "";

    [Parameter]
    public int Index { get; set; }

    /// <summary>The query of the list that the sample was opened from.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>Characters that cannot be seen are written out.</summary>
    [SupplyParameterFromQuery]
    public bool? Invisible { get; set; }

    protected override string? Subject => FormattableString.Invariant($"{Id}/{Index}");

    [Inject]
    private SampleQueries Queries { get; set; } = null!;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    private SampleView View => Screen!.View;

    private string Title => FormattableString.Invariant($"Sample {Index} · {(Screen is null ? "" : Screen.Experiment.Name + " · ")}LogprobDashboard");

    /// <summary>The list as it was, with this sample marked in it.</summary>
    private string BackAddress => ListState.AddressOf(Id);

    private OutliersState ListState
    {
        get
        {
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(From);
            return OutliersState.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null).WithSample(Index);
        }
    }

    private IReadOnlyList<Segment> TextViews =>
    [
        new("As it is", SampleAddress.Of(Id, Index, From), Invisible != true),
        new("Invisible characters shown", SampleAddress.Of(Id, Index, From, invisible: true), Invisible == true, "Spaces at the ends, line ends, tabs, control and format characters are written out"),
    ];

    protected override object ReadState() => (Id, Index);

    protected override async Task<SampleScreen> LoadAsync(CancellationToken cancellationToken) =>
        SampleScreen.Of(await Experiments.SummaryAsync(Id, cancellationToken), await Queries.ViewAsync(Id, Index, cancellationToken));

    private string AddressOf(int index) => SampleAddress.Of(Id, index, From, Invisible == true);
}
