using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Keys at rest: encrypted by ASP.NET Data Protection, read only where a call is made.</summary>
internal sealed class ApiKeyVault(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("LogprobDashboard.EndpointApiKey.v1");

    public string Protect(string apiKey) => _protector.Protect(apiKey);

    public string? Open(EndpointEntity endpoint)
    {
        if (endpoint.ApiKeyVariable is { } variable)
            return OpenVariable(variable, endpoint.Name);
        if (endpoint.ProtectedApiKey is null)
            return null;
        try
        {
            return _protector.Unprotect(endpoint.ProtectedApiKey);
        }
        catch (CryptographicException)
        {
            throw UserErrorException.Field(
                "apiKey",
                $"The key of the endpoint \"{endpoint.Name}\" cannot be read any more.",
                "The key ring in the data directory (folder keys) is another one than the key was stored with. Enter the key again.",
                UserErrorKind.Conflict);
        }
    }

    public static string OpenVariable(string variable, string endpointName) =>
        Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } value && EndpointInputRules.IsKey(value)
            ? value
            : throw UserErrorException.Field(
                "apiKeyVariable",
                $"The environment variable \"{variable}\" of the endpoint \"{endpointName}\" is not set, or holds no key.",
                "Set it for this process and start the process again, or store a key instead.",
                UserErrorKind.Conflict);
}
