using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>The system and user templates of one version, ready to be filled in for any sample.</summary>
internal sealed class PromptPair
{
    private const string EmptyUser = "The user template is empty.";
    private const string WhatToWrite = "Write what the model is to be asked, with {{ text }} where the sample's text goes.";

    private readonly PromptTemplate? _system;
    private readonly PromptTemplate _user;
    private readonly PromptScope _scope;
    private readonly DatasetRecord _dataset;

    private PromptPair(PromptTemplate? system, PromptTemplate user, PromptScope scope, DatasetRecord dataset) =>
        (_system, _user, _scope, _dataset) = (system, user, scope, dataset);

    /// <summary>False where the sample's text, as a column or as <c>text</c>, stands in neither template: then every sample is asked the same.</summary>
    public bool ReadsTheSample => _user.ReadsTheSample(_dataset.TextColumn) || _system?.ReadsTheSample(_dataset.TextColumn) == true;

    /// <exception cref="UserErrorException">A template does not parse or names what is not there; every problem with its line and column.</exception>
    public static PromptPair Parse(string? system, string? user, PromptScope scope, DatasetRecord dataset)
    {
        if (string.IsNullOrWhiteSpace(user))
            throw UserErrorException.Field(PromptProblem.User, EmptyUser, WhatToWrite);
        var (pair, problems) = TryParse(system, user, scope, dataset);
        if (pair is not null)
            return pair;
        var errors = problems.GroupBy(problem => problem.Field).ToDictionary(
            field => field.Key,
            field => field.Select(problem => FormattableString.Invariant($"Line {problem.Line}, column {problem.Column} of the {problem.Field} template: {problem.Message}")).ToArray());
        throw new UserErrorException(UserErrorKind.Impossible, errors.Values.First()[0], $"In scope: {scope.Describe()}.", errors);
    }

    /// <returns>The pair, or every problem that its templates have, by field and place.</returns>
    public static (PromptPair? Pair, IReadOnlyList<PromptProblem> Problems) TryParse(string? system, string? user, PromptScope scope, DatasetRecord dataset)
    {
        var problems = new List<PromptProblem>();
        var systemTemplate = string.IsNullOrWhiteSpace(system) ? null : ParseField(PromptProblem.System, system);
        if (string.IsNullOrWhiteSpace(user))
            problems.Add(new PromptProblem(PromptProblem.User, 1, 1, $"{EmptyUser} {WhatToWrite}"));
        var userTemplate = string.IsNullOrWhiteSpace(user) ? null : ParseField(PromptProblem.User, user);
        return problems.Count > 0 ? (null, problems) : (new PromptPair(systemTemplate, userTemplate!, scope, dataset), []);

        PromptTemplate? ParseField(string field, string source)
        {
            var (template, found) = PromptTemplate.Parse(source, scope);
            problems.AddRange(found.Select(problem => new PromptProblem(field, problem.Line, problem.Column, problem.Message)));
            return template;
        }
    }

    /// <exception cref="PromptRenderingException">The prompt is empty or cannot be filled in for this sample.</exception>
    public IReadOnlyList<PromptMessage> Render(SampleRecord sample)
    {
        var columns = _scope.ValuesOf(sample, _dataset);
        var user = _user.Render(sample.Text, columns, _scope);
        if (string.IsNullOrWhiteSpace(user))
            throw new PromptRenderingException("The prompt is empty for this sample.");
        var system = _system?.Render(sample.Text, columns, _scope);
        return string.IsNullOrWhiteSpace(system)
            ? [new PromptMessage("user", user)]
            : [new PromptMessage("system", system), new PromptMessage("user", user)];
    }
}
