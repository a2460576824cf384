namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Servers inside this process, by the path that stands for their base URL. Calls to them take the way of every other call,
/// over an <see cref="HttpMessageHandler"/> instead of a socket, so that they work on whatever address the process listens.
/// </summary>
public sealed class BuiltInServers(IReadOnlyDictionary<string, Func<HttpMessageHandler>> handlers)
{
    public bool Has(string baseUrl) => handlers.ContainsKey(baseUrl);

    internal HttpMessageHandler? Open(string baseUrl) => handlers.TryGetValue(baseUrl, out var open) ? open() : null;
}
