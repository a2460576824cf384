using Fluid.Ast;
using Fluid.Parser;
using Fluid.Values;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>Collects what a parsed template reads, what it sets itself, and what it may not do.</summary>
internal sealed class TemplateNames : AstVisitor
{
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>Column names read as <c>columns["…"]</c> or <c>columns.name</c>.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Set { get; } = new(StringComparer.Ordinal) { "forloop", "tablerowloop", "empty", "blank", "nil", "null" };

    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags that reach outside the template.</summary>
    public HashSet<string> Foreign { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with ranges whose size the template does not bound.</summary>
    public List<string> UnboundRanges { get; } = [];

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        if (rangeExpression is not { From: LiteralExpression { Value: NumberValue from }, To: LiteralExpression { Value: NumberValue to } }
            || Math.Abs(to.ToNumberValue() - from.ToNumberValue()) > TemplateBounds.MostSteps)
        {
            UnboundRanges.Add(FormattableString.Invariant($"A range must be of two numbers, at most {TemplateBounds.MostSteps:N0} apart, as (1..5)."));
        }

        return base.VisitRangeExpression(rangeExpression);
    }

    /// <summary>The tag "echo" is one of these; its expression is its value.</summary>
    protected override Statement VisitParserTagStatement<T>(ParserTagStatement<T> parserTagStatement)
    {
        if (parserTagStatement.Value is Expression expression)
            Visit(expression);
        return base.VisitParserTagStatement(parserTagStatement);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        foreach (var index in memberExpression.Segments.OfType<IndexerSegment>())
            Visit(index.Expression);
        if (memberExpression.Segments is [IdentifierSegment first, ..])
        {
            Read.Add(first.Identifier);
            if (first.Identifier == PromptScope.Columns && memberExpression.Segments.Count > 1 && ColumnName(memberExpression.Segments[1]) is { } column)
                Columns.Add(column);
        }

        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        Filters.Add(filterExpression.Name);
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        Set.Add(assignStatement.Identifier);
        return base.VisitAssignStatement(assignStatement);
    }

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
    {
        Set.Add(captureStatement.Identifier);
        return base.VisitCaptureStatement(captureStatement);
    }

    protected override Statement VisitIncrementStatement(IncrementStatement incrementStatement)
    {
        Set.Add(incrementStatement.Identifier);
        return base.VisitIncrementStatement(incrementStatement);
    }

    protected override Statement VisitDecrementStatement(DecrementStatement decrementStatement)
    {
        Set.Add(decrementStatement.Identifier);
        return base.VisitDecrementStatement(decrementStatement);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        Set.Add(forStatement.Identifier);
        return base.VisitForStatement(forStatement);
    }

    protected override Statement VisitTableRowStatement(TableRowStatement tableRowStatement)
    {
        Set.Add(tableRowStatement.Identifier);
        return base.VisitTableRowStatement(tableRowStatement);
    }

    protected override Statement VisitIncludeStatement(IncludeStatement includeStatement)
    {
        Foreign.Add("include");
        return includeStatement;
    }

    protected override Statement VisitRenderStatement(RenderStatement renderStatement)
    {
        Foreign.Add("render");
        return renderStatement;
    }

    private static string? ColumnName(MemberSegment segment) => segment switch
    {
        IdentifierSegment identifier => identifier.Identifier,
        IndexerSegment { Expression: LiteralExpression { Value: StringValue value } } => value.ToStringValue(),
        _ => null,
    };
}
