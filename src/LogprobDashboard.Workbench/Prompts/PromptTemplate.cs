using Fluid;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>One Liquid template, parsed and checked. The values of a sample are never read as template text, and nothing is encoded.</summary>
internal sealed class PromptTemplate
{
    private static readonly FluidParser Parser = new();

    private static readonly TemplateOptions Options = new()
    {
        MaxSteps = TemplateBounds.MostSteps,
        MaxRecursion = 50,
        ModelNamesComparer = StringComparer.Ordinal,
    };

    private readonly IFluidTemplate _template;
    private readonly TemplateNames _names;

    private PromptTemplate(IFluidTemplate template, TemplateNames names) => (_template, _names) = (template, names);

    /// <summary>Whether the text of a sample can come out of it, by either of its names; a whole dictionary of columns counts.</summary>
    public bool ReadsTheSample(string textColumn) =>
        _names.Read.Contains(PromptScope.Text) || _names.Read.Contains(textColumn) || _names.Columns.Contains(textColumn)
        || (_names.Read.Contains(PromptScope.Columns) && _names.Columns.Count == 0);

    /// <summary>Parses a template and checks every name in it against the scope.</summary>
    /// <returns>The template, or every problem that it has.</returns>
    public static (PromptTemplate? Template, IReadOnlyList<TemplateProblem> Problems) Parse(string source, PromptScope scope)
    {
        if (TemplateBounds.Problem(source) is { } outOfBounds)
            return (null, [outOfBounds]);
        if (!Parser.TryParse(source, out var template, out var error))
            return (null, [TemplateSource.ParserProblem(source, error)]);
        var names = new TemplateNames();
        names.VisitTemplate(template);
        var problems = Problems(source, names, scope).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ToList();
        return problems.Count == 0 ? (new PromptTemplate(template, names), problems) : (null, problems);
    }

    /// <exception cref="PromptRenderingException">The template ran too long, or failed on this sample's values.</exception>
    public string Render(string text, IReadOnlyDictionary<string, string> columns, PromptScope scope)
    {
        var context = new TemplateContext(Options);
        foreach (var name in scope.NamedColumns)
            context.SetValue(name, columns[name]);
        context.SetValue(PromptScope.Columns, columns);
        context.SetValue(PromptScope.Labels, string.Join(", ", scope.LabelNames));
        context.SetValue(PromptScope.LabelList, scope.LabelNames);
        context.SetValue(PromptScope.Text, text);
        try
        {
            return _template.Render(context);
        }
        catch (Exception exception) when (exception is not OperationCanceledException) // a filter may throw anything on odd values; the sample fails, the run goes on
        {
            throw new PromptRenderingException($"The template cannot be filled in for this sample: {exception.Message}");
        }
    }

    private static IEnumerable<TemplateProblem> Problems(string source, TemplateNames names, PromptScope scope)
    {
        foreach (var name in names.Read.Where(name => !scope.Knows(name) && !names.Set.Contains(name)))
            yield return At(name, name == scope.LabelColumn ? $"\"{name}\" is the label column, and a prompt must not see the answer." : $"Unknown variable \"{name}\".");
        foreach (var column in names.Columns.Where(column => !scope.ColumnNames.Contains(column, StringComparer.Ordinal)))
            yield return At(column, column == scope.LabelColumn ? $"\"{column}\" is the label column, and a prompt must not see the answer." : $"The dataset has no column \"{column}\".");
        foreach (var filter in names.Filters.Where(filter => !Options.Filters.TryGetValue(filter, out _)))
            yield return At(filter, $"Unknown filter \"{filter}\".");
        foreach (var range in names.UnboundRanges)
            yield return new TemplateProblem(1, 1, range);
        foreach (var tag in names.Foreign)
            yield return At(tag, $"The tag \"{tag}\" reads other files; a prompt stands alone.");

        TemplateProblem At(string name, string message)
        {
            var (line, column) = TemplateSource.Find(source, name);
            return new TemplateProblem(line, column, message);
        }
    }
}

/// <summary>A template that parsed could not be filled in.</summary>
internal sealed class PromptRenderingException(string message) : Exception(message);
