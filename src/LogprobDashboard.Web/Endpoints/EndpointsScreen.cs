using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Endpoints;

public sealed record EndpointsScreen(IReadOnlyList<EndpointOverview> Endpoints);
