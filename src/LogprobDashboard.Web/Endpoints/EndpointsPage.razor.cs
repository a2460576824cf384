using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Endpoints;

/// <summary>The servers that prompts can go to.</summary>
public sealed partial class EndpointsPage
{
    private const string FormKey = "form";

    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<string, EndpointTest> _tests = [];
    private readonly Dictionary<string, EndpointProbe> _probes = [];
    private readonly HashSet<string> _testing = [];
    private readonly HashSet<string> _probing = [];
    private readonly Dictionary<string, UserErrorException> _problems = [];
    private EndpointsState _state = EndpointsState.Default;
    private EndpointsState? _shown;
    private UserErrorException? _formProblem;
    private EndpointTest? _formTest;
    private EndpointProbe? _formProbe;
    private bool _saving;

    [SupplyParameterFromQuery]
    public string? Edit { get; set; }

    [SupplyParameterFromQuery(Name = "new")]
    public string? NewFrom { get; set; }

    [Inject]
    private EndpointsQueries Queries { get; set; } = null!;

    [Inject]
    private EndpointsService Service { get; set; } = null!;

    [Inject]
    private EndpointTestService Tests { get; set; } = null!;

    [Inject]
    private EndpointProbes Probes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private EndpointRecord? Edited => Screen?.Endpoints.FirstOrDefault(item => item.Endpoint.Id == _state.Edit)?.Endpoint;

    private string Title => Edited is { } edited ? $"Endpoints · {edited.Name} · LogprobDashboard" : _state.New is not null ? "New endpoint · LogprobDashboard" : "Endpoints · LogprobDashboard";

    protected override object ReadState()
    {
        _state = EndpointsState.Parse(Edit, NewFrom);
        if (_shown != _state)
            (_formProblem, _formTest, _formProbe, _shown) = (null, null, null, _state); // what was said of another form
        return _state;
    }

    protected override async Task<EndpointsScreen> LoadAsync(CancellationToken cancellationToken) => new(await Queries.OverviewAsync(cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _left.Cancel();
            _left.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SaveAsync(EndpointInput input)
    {
        _saving = true;
        try
        {
            if (_state.Edit is { } id)
                await Service.UpdateAsync(id, input, CancellationToken.None);
            else
                await Service.CreateAsync(input, CancellationToken.None);
            _formProblem = null;
        }
        catch (UserErrorException problem)
        {
            _formProblem = problem;
            return;
        }
        finally
        {
            _saving = false;
        }

        if (_state.Edit is { } changed)
        {
            _tests.Remove(changed); // it was another endpoint that was tested
            _probes.Remove(changed);
        }

        Navigation.NavigateTo(EndpointsState.Default.Address());
    }

    private Task TestFormAsync(EndpointInput input)
    {
        (_formTest, _formProbe, _formProblem) = (null, null, null);
        var form = _state;
        return AskAsync(_testing, FormKey, token => Tests.TestAsync(input, form.Edit, token), test => _formTest = form == _state ? test : null, problem => _formProblem = form == _state ? problem : null);
    }

    private Task ProbeFormAsync(EndpointInput input)
    {
        (_formTest, _formProbe, _formProblem) = (null, null, null);
        var form = _state;
        return AskAsync(_probing, FormKey, token => Probes.ProbeAsync(input, form.Edit, token), probe => _formProbe = form == _state ? probe : null, problem => _formProblem = form == _state ? problem : null);
    }

    private Task TestAsync(string id)
    {
        _tests.Remove(id);
        _problems.Remove(id);
        return AskAsync(_testing, id, token => Tests.TestAsync(id, token), test => _tests[id] = test, problem => _problems[id] = problem);
    }

    private Task ProbeAsync(string id)
    {
        _probes.Remove(id);
        _problems.Remove(id);
        return AskAsync(_probing, id, token => Probes.ProbeAsync(id, token), probe => _probes[id] = probe, problem => _problems[id] = problem);
    }

    private async Task AskAsync<T>(HashSet<string> underWay, string key, Func<CancellationToken, Task<T>> ask, Action<T> told, Action<UserErrorException> refused)
    {
        if (!underWay.Add(key))
            return;
        try
        {
            told(await ask(_left.Token));
        }
        catch (UserErrorException problem)
        {
            refused(problem);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            underWay.Remove(key);
        }
    }

    private async Task DeleteAsync(EndpointOverview item)
    {
        var id = item.Endpoint.Id;
        if (!await Dialogs.ConfirmAsync("Delete an endpoint", Message(item), "Delete the endpoint", [.. Losses(item)]))
            return;
        _problems.Remove(id);
        try
        {
            await Service.DeleteAsync(id, CancellationToken.None);
        }
        catch (UserErrorException problem) when (problem.Kind != UserErrorKind.NotFound)
        {
            _problems[id] = problem;
        }
        catch (UserErrorException)
        {
            // Another page was faster: it is gone, as was wanted.
        }

        if (_state.Edit == id && !_problems.ContainsKey(id))
            Navigation.NavigateTo(EndpointsState.Default.Address());
        else
            await ReloadAsync();
    }

    private static string Message(EndpointOverview item) =>
        $"{item.Endpoint.Name} will be deleted{(item.Endpoint is { HasApiKey: true, ApiKeyVariable: null } ? ", and its key with it" : "")}. Finished runs keep their figures.";

    private static IEnumerable<string> Losses(EndpointOverview item)
    {
        foreach (var use in item.UsedBy.Take(5))
            yield return $"{use.Name} will have no endpoint until another is chosen.";
        if (item.UsedBy.Count > 5)
            yield return $"So will {Figures.Count(item.UsedBy.Count - 5, "further experiment", "further experiments")}.";
    }
}
