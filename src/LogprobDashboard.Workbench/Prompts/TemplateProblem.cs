namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A mistake in a template at a place; <paramref name="Line"/> and <paramref name="Column"/> count from 1.</summary>
public sealed record TemplateProblem(int Line, int Column, string Message);
