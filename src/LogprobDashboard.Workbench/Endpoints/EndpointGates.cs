using System.Collections.Concurrent;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>How hard an endpoint may be driven, over all runs that share it.</summary>
internal sealed record EndpointLimits(int Places, int? RequestsPerMinute = null, int? TokensPerMinute = null)
{
    public static EndpointLimits Of(EndpointEntity endpoint) => new(endpoint.MaxConcurrency, endpoint.RequestsPerMinute, endpoint.TokensPerMinute);
}

/// <summary>One gate for each endpoint.</summary>
internal sealed class EndpointGates(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, EndpointGate> _gates = new();

    /// <summary>The endpoint's gate, with its limits as they are now.</summary>
    public EndpointGate For(long endpointId, EndpointLimits limits)
    {
        var gate = _gates.GetOrAdd(endpointId, _ => new EndpointGate(limits, time));
        gate.Limits = limits;
        return gate;
    }
}
