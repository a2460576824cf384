using Xunit;

namespace LogprobDashboard.TestSupport;

/// <summary>Third-party data beside the repository (<c>../shared/data</c>): never part of it. Where it is missing a test is skipped, and with CI=true it fails.</summary>
public static class SharedData
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.TopLevel, "..", "shared", "data"));

    /// <summary>The full path of a file below <c>../shared/data</c>.</summary>
    public static string File(string relativePath)
    {
        var path = Path.Combine(Root, relativePath);
        if (System.IO.File.Exists(path))
            return path;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new FileNotFoundException("With CI=true the shared data must be there.", path);
        Skip.If(true, $"../shared/data/{relativePath} is not there.");
        return path;
    }
}
