namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>An experiment whose endpoint this is.</summary>
public sealed record EndpointUse(string ExperimentId, string Name);

/// <summary>An endpoint and what hangs on it. <paramref name="RunsUnderWay"/> counts runs that are queued, running or paused.</summary>
public sealed record EndpointOverview(EndpointRecord Endpoint, IReadOnlyList<EndpointUse> UsedBy, int RunsUnderWay);
