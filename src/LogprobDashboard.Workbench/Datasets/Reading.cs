using System.Text;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Which column is what. Every other column is metadata.</summary>
public sealed record ColumnMapping(string Text, string? Label, string? Source, string? Id);

/// <summary>A mapping, or why there is none.</summary>
internal sealed record MappingChoice(ColumnMapping? Mapping, UserErrorException? Problem)
{
    public static MappingChoice None { get; } = new(null, new UserErrorException(UserErrorKind.Impossible, "The file's columns were not looked at.", "Read the file again."));
}

/// <summary>How a file was read: what is shown before it is imported, and all that the import needs to know.</summary>
public sealed record Reading
{
    internal Reading(TextFile file) => File = file;

    /// <summary>csv, tsv or jsonl.</summary>
    public required string Format { get; init; }

    public required string Encoding { get; init; }

    public string? Delimiter { get; init; }

    /// <summary>csv or none; null for JSON Lines.</summary>
    public string? Quoting { get; init; }

    public bool? HasHeader { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <exception cref="UserErrorException">The reading was only looked at, and its columns could not be told apart.</exception>
    public ColumnMapping Mapping => Choice.Mapping ?? throw Choice.Problem!;

    /// <summary>The first rows, cells in the order of <see cref="Columns"/>; null where a row has no such cell.</summary>
    public required IReadOnlyList<IReadOnlyList<string?>> FirstRows { get; init; }

    public required IReadOnlyList<ImportWarning> Warnings { get; init; }

    internal TextFile File { get; }

    internal MappingChoice Choice { get; init; } = MappingChoice.None;

    /// <summary>Null for JSON Lines.</summary>
    internal Dialect? Dialect { get; init; }
}

/// <summary>How a delimited file is cut into cells.</summary>
internal readonly record struct Dialect(char? Delimiter, Quoting Quoting)
{
    /// <summary>Where there is one column the unit separator stands in for the delimiter that there is not.</summary>
    public const char NoDelimiter = '\u001F';

    public char Separator => Delimiter ?? NoDelimiter;
}

/// <summary>A staged file as text. The encoding is strict: bytes that it does not know throw.</summary>
internal sealed record TextFile(StagedFile File, Encoding Encoding, int PreambleBytes)
{
    private const int BufferBytes = 128 * 1024;

    public Stream OpenBytes()
    {
        var stream = File.Open();
        stream.Position = PreambleBytes;
        return stream;
    }

    public StreamReader OpenText() => new(OpenBytes(), Encoding, detectEncodingFromByteOrderMarks: false, BufferBytes);
}
