namespace LogprobDashboard.TestSupport;

/// <summary>Where the repository is, seen from a built test.</summary>
public static class Repository
{
    public static string TopLevel { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory)
    {
        for (; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "LogprobDashboard.sln")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException("The tests were built outside of the repository.");
    }
}
