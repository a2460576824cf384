namespace LogprobDashboard.Web.Layout;

/// <summary>One of a few choices, and the address that makes it.</summary>
public sealed record Segment(string Text, string Address, bool IsCurrent, string? Hint = null);
