using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogprobDashboard.Workbench.Storage;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Whether a stored probe still speaks of the endpoint as it is now.</summary>
internal static class ProbedSettings
{
    public static bool Holds(EndpointEntity endpoint) => endpoint.Probe is { Found: not null } probe && probe.Asked == HashOf(endpoint);

    /// <summary>All that determines what a call brings. Of the key only its ciphertext goes in: another key makes another one.</summary>
    public static string HashOf(EndpointEntity endpoint) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{JsonSerializer.Serialize(endpoint.Settings, JsonColumn.Json)}\n{endpoint.ApiKeyVariable}\n{endpoint.ProtectedApiKey}")).AsSpan(0, 16));
}
