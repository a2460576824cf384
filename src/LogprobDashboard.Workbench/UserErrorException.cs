namespace LogprobDashboard.Workbench;

/// <summary>What kind of request could not be carried out; the HTTP API maps each kind to one status.</summary>
public enum UserErrorKind
{
    /// <summary>Malformed (400).</summary>
    Malformed,

    /// <summary>Not allowed from there (403).</summary>
    Forbidden,

    /// <summary>Unknown (404).</summary>
    NotFound,

    /// <summary>At odds with the current state (409).</summary>
    Conflict,

    /// <summary>Larger than a limit (413).</summary>
    TooLarge,

    /// <summary>A file format that cannot be read (415).</summary>
    UnsupportedFormat,

    /// <summary>Well-formed but impossible (422).</summary>
    Impossible,

    /// <summary>No room to keep it (507).</summary>
    NoRoom,

    /// <summary>A server that was called did not answer (502).</summary>
    Upstream,
}

/// <summary>
/// A request that a person has to change: <see cref="Title"/> says what is wrong, <see cref="Detail"/> what to do. Safe to show as it is.
/// </summary>
public sealed class UserErrorException(
    UserErrorKind kind,
    string title,
    string detail,
    IReadOnlyDictionary<string, string[]>? errors = null) : Exception($"{title} {detail}")
{
    public UserErrorKind Kind { get; } = kind;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    /// <summary>Messages by field, where fields are at fault.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors ?? new Dictionary<string, string[]>();

    public static UserErrorException NotFound(string what, string id) =>
        new(UserErrorKind.NotFound, $"There is no {what} with the id \"{id}\".", "It may have been deleted. List what is there and use an id from the list.");

    public static UserErrorException Field(string field, string title, string detail, UserErrorKind kind = UserErrorKind.Impossible) =>
        new(kind, title, detail, new Dictionary<string, string[]> { [field] = [$"{title} {detail}"] });
}
