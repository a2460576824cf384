namespace LogprobDashboard.Workbench;

/// <summary>One page of a list; <paramref name="NextCursor"/> asks for the next one, null at the end.</summary>
public sealed record PagedResult<T>(IReadOnlyList<T> Items, string? NextCursor);
