using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>What makes a link unguessable: 256 random bits, written in base64url. It is given out once; what is kept is its hash.</summary>
internal static class ShareToken
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// Of the characters, not of the bytes that they stand for: a second spelling of the same bytes is another token. What cannot be one is hashed too,
    /// so that looking for it takes the same steps.
    /// </summary>
    public static byte[] HashOf(string? token) => SHA256.HashData(Encoding.UTF8.GetBytes(token ?? ""));
}
