using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Start;

/// <summary>A page of the datasets that an experiment can be started with; <paramref name="All"/> counts those of no search too.</summary>
public sealed record DatasetPage(IReadOnlyList<DatasetRecord> Items, int Found, int All, int Page, int Pages);

/// <summary>What is asked for proposals: a dataset, or labels without one.</summary>
public sealed record SuggestionInput(string? DatasetId = null, IReadOnlyList<string>? Labels = null, string? EndpointId = null);

/// <summary>A label set, what is wrong with it, and a prompt for it.</summary>
public sealed record StartSuggestion(IReadOnlyList<Experiments.ExperimentLabel> Labels, string? PositiveLabel, IReadOnlyList<Experiments.ExperimentWarning> Warnings, FirstPrompt Prompt);

/// <summary>The same label set with words of its own choosing and with letter codes.</summary>
public sealed record StartSuggestions(SuggestedWords Kind, StartSuggestion Proposed, StartSuggestion WithLetterCodes);

/// <summary>What the start of an experiment reads.</summary>
public sealed class StartQueries
{
    private const int MostEndpoints = 1000;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly DatasetsQueries _datasets;
    private readonly EndpointsQueries _endpoints;
    private readonly BuiltInServers _builtIn;

    internal StartQueries(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries datasets, EndpointsQueries endpoints, BuiltInServers builtIn) =>
        (_contexts, _datasets, _endpoints, _builtIn) = (contexts, datasets, endpoints, builtIn);

    /// <summary>What a draft stands on now. The built-in endpoint is the default, else the newest.</summary>
    public async Task<DraftGround> GroundAsync(DraftContent content, CancellationToken cancellationToken)
    {
        var endpoints = (await _endpoints.ListAsync(null, MostEndpoints, cancellationToken).ConfigureAwait(false)).Items;
        var usual = endpoints.LastOrDefault(endpoint => _builtIn.Has(endpoint.BaseUrl)) ?? endpoints.FirstOrDefault();
        return new DraftGround(await FindAsync(content.DatasetId, cancellationToken).ConfigureAwait(false), endpoints, usual?.Id);
    }

    /// <summary>Datasets whose name holds the search, the newest first. A page beyond the last is the last.</summary>
    public async Task<DatasetPage> DatasetsAsync(string? search, int page, int take, CancellationToken cancellationToken)
    {
        List<DatasetName> names;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            names = await db.Set<Dataset>().AsNoTracking().Where(dataset => dataset.ImportedAt != null).OrderByDescending(dataset => dataset.Id)
                .Select(dataset => new DatasetName(dataset.Id, dataset.Name)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        var found = string.IsNullOrWhiteSpace(search) ? names : names.FindAll(row => row.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase));
        var pages = Math.Max(1, (found.Count + take - 1) / take);
        page = Math.Clamp(page, 1, pages);
        var items = new List<DatasetRecord>();
        foreach (var row in found.Skip((page - 1) * take).Take(take))
        {
            if (await FindAsync(Ids.Format(row.Id), cancellationToken).ConfigureAwait(false) is { } dataset)
                items.Add(dataset);
        }

        return new DatasetPage(items, found.Count, names.Count, page, pages);
    }

    /// <summary>A sample to look at a prompt with; null where the index is beyond the last.</summary>
    public async Task<SampleRecord?> SampleAsync(string datasetId, int index, CancellationToken cancellationToken) =>
        (await _datasets.SamplesAsync(Ids.Parse(datasetId, "dataset"), [index], cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Label words and a prompt for a dataset's labels, or for labels that are given.</summary>
    public async Task<StartSuggestions> SuggestAsync(SuggestionInput input, CancellationToken cancellationToken)
    {
        var content = new DraftContent { EndpointId = input.EndpointId };
        if (input.DatasetId is { } id)
            content = Drafting.Choose(content, await _datasets.GetAsync(id, cancellationToken).ConfigureAwait(false));
        if (input.Labels is { Count: > 0 } given)
            content = content with { Labels = [.. given.Select(name => new DraftLabel(name ?? ""))] };
        if (content.Labels.Count is 0 or > LetterCodes.Most)
            throw UserErrorException.Field("labels", content.Labels.Count == 0 ? "There are no labels." : "There are too many labels.", FormattableString.Invariant($"Give from 2 to {LetterCodes.Most:N0} of them, or a dataset that has a label column."));
        var ground = await GroundAsync(content, cancellationToken).ConfigureAwait(false);
        var kind = LabelWordSuggestions.For([.. content.Labels.Select(label => label.Name.Trim())]).Kind;
        var proposed = Drafting.UseProposedWords(content);
        return new StartSuggestions(kind, Of(proposed), Of(Drafting.UseLetterCodes(proposed)));

        StartSuggestion Of(DraftContent draft)
        {
            var plan = DraftPlan.Of(draft, ground);
            return new StartSuggestion(plan.Labels, plan.PositiveLabel, plan.AllWarnings(), new FirstPrompt(plan.System, plan.User));
        }
    }

    private async Task<DatasetRecord?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        try
        {
            return id is null ? null : await _datasets.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (UserErrorException error) when (error.Kind == UserErrorKind.NotFound)
        {
            return null;
        }
    }

    private sealed record DatasetName(long Id, string Name);
}
