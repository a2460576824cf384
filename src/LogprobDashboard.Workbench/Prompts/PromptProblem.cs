namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A mistake in one of the two templates of a prompt. <paramref name="Field"/> is <see cref="System"/> or <see cref="User"/>; line and column count from 1.</summary>
public sealed record PromptProblem(string Field, int Line, int Column, string Message)
{
    public const string System = "system";
    public const string User = "user";
}

/// <summary>Something that a template may name: what it is called, the words that put it in, and what comes out.</summary>
public sealed record PromptField(string Name, string Insert, string Meaning);
