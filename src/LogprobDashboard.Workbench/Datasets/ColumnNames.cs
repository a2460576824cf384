namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Gives every column a name of its own.</summary>
internal static class ColumnNames
{
    public static IReadOnlyList<string> Numbered(int count) => [.. Enumerable.Range(1, count).Select(Number)];

    /// <summary>Names from a header: trimmed, empty ones numbered, repeated ones counted on.</summary>
    public static IReadOnlyList<string> FromHeader(IReadOnlyList<string> header, List<ImportWarning> warnings)
    {
        var names = header.Select((cell, index) => string.IsNullOrWhiteSpace(cell) ? Number(index + 1) : cell.Trim()).ToArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var all = names.ToHashSet(StringComparer.Ordinal);
        var renamed = new List<string>();
        for (var index = 0; index < names.Length; index++)
        {
            if (taken.Add(names[index]))
                continue;
            var name = Enumerable.Range(2, names.Length).Select(number => $"{names[index]}_{number}").First(candidate => !all.Contains(candidate) && !taken.Contains(candidate));
            renamed.Add($"\"{names[index]}\" is now \"{name}\"");
            names[index] = name;
            taken.Add(name);
        }
        if (renamed.Count > 0)
            warnings.Add(new ImportWarning("duplicateColumn", $"The header holds a name more than once: {string.Join(", ", renamed)}.", Count: renamed.Count));
        return names;
    }

    private static string Number(int number) => $"column{number}";
}
