namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Makes one real call to an endpoint, saved or not, and says what came back. Nothing is stored.</summary>
public sealed class EndpointTestService
{
    private readonly EndpointsQueries _endpoints;
    private readonly ApiKeyVault _vault;
    private readonly BuiltInServers _builtIn;
    private readonly ChatCaller _caller;
    private readonly EndpointGates _gates;

    internal EndpointTestService(EndpointsQueries endpoints, ApiKeyVault vault, BuiltInServers builtIn, ChatCaller caller, EndpointGates gates) =>
        (_endpoints, _vault, _builtIn, _caller, _gates) = (endpoints, vault, builtIn, caller, gates);

    /// <exception cref="UserErrorException">There is no such endpoint, or its key cannot be read.</exception>
    public async Task<EndpointTest> TestAsync(string id, CancellationToken cancellationToken)
    {
        var endpoint = await _endpoints.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var gate = _gates.For(endpoint.Id, EndpointLimits.Of(endpoint));
        var target = _endpoints.Target(endpoint);
        return EndpointTestReading.Read(target.Settings, await _caller.CallAsync(gate, target, EndpointTestReading.Question, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The endpoint as it was typed. A key that was left out is the stored one of <paramref name="storedId"/>, if the address is still its own.</summary>
    /// <exception cref="UserErrorException">It could not be saved like this either; the fields at fault are named.</exception>
    public async Task<EndpointTest> TestAsync(EndpointInput input, string? storedId, CancellationToken cancellationToken)
    {
        var target = await TargetAsync(input, storedId, cancellationToken).ConfigureAwait(false);
        return EndpointTestReading.Read(target.Settings, await _caller.CallOnceAsync(target, EndpointTestReading.Question, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Where an endpoint that is not saved would call.</summary>
    internal async Task<CallTarget> TargetAsync(EndpointInput input, string? storedId, CancellationToken cancellationToken)
    {
        var settings = EndpointInputRules.Check(input, _builtIn);
        return new CallTarget(settings, await KeyAsync(input, settings, storedId, cancellationToken).ConfigureAwait(false));
    }

    private async Task<string?> KeyAsync(EndpointInput input, CallSettings settings, string? storedId, CancellationToken cancellationToken)
    {
        EndpointInputRules.RefuseTwoKeys(input);
        if (!string.IsNullOrWhiteSpace(input.ApiKeyVariable))
            return ApiKeyVault.OpenVariable(input.ApiKeyVariable.Trim(), input.Name!.Trim());
        if (input.ApiKey is not null || storedId is null)
            return string.IsNullOrWhiteSpace(input.ApiKey) ? null : input.ApiKey.Trim();
        var stored = await _endpoints.FindAsync(storedId, cancellationToken).ConfigureAwait(false);
        EndpointInputRules.RefuseToCarryTheKeyElsewhere(stored, settings, input);
        return stored.ProtectedApiKey is null ? null : _vault.Open(stored);
    }
}
