using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>The system and user templates of one version, ready to be filled in for any sample.</summary>
internal sealed class PromptPair
{
    private readonly PromptTemplate? _system;
    private readonly PromptTemplate _user;
    private readonly PromptScope _scope;
    private readonly DatasetRecord _dataset;

    private PromptPair(PromptTemplate? system, PromptTemplate user, PromptScope scope, DatasetRecord dataset) =>
        (_system, _user, _scope, _dataset) = (system, user, scope, dataset);

    /// <exception cref="UserErrorException">A template does not parse or names what is not there; every problem with its line and column.</exception>
    public static PromptPair Parse(string? system, string? user, PromptScope scope, DatasetRecord dataset)
    {
        if (string.IsNullOrWhiteSpace(user))
            throw UserErrorException.Field("user", "The user template is empty.", "Write what the model is to be asked, with {{ text }} where the sample's text goes.");
        var errors = new Dictionary<string, string[]>();
        var systemTemplate = string.IsNullOrWhiteSpace(system) ? null : ParseField("system", system);
        var userTemplate = ParseField("user", user);
        if (errors.Count > 0)
            throw new UserErrorException(UserErrorKind.Impossible, errors.Values.First()[0], $"In scope: {scope.Describe()}.", errors);
        return new PromptPair(systemTemplate, userTemplate!, scope, dataset);

        PromptTemplate? ParseField(string field, string source)
        {
            var (template, problems) = PromptTemplate.Parse(source, scope);
            if (problems.Count > 0)
                errors[field] = [.. problems.Select(problem => FormattableString.Invariant($"Line {problem.Line}, column {problem.Column} of the {field} template: {problem.Message}"))];
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
