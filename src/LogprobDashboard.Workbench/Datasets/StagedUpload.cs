namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// A file that was sent and waits to be imported. <paramref name="DatasetId"/> names what it became; the file itself is gone then, and the record stays until
/// <paramref name="ExpiresAt"/>, so that an address with the upload in it still leads somewhere.
/// </summary>
public sealed record StagedUpload(
    string Id,
    string FileName,
    long Bytes,
    string ContentHash,
    DateTimeOffset UploadedAt,
    DateTimeOffset ExpiresAt,
    string? DatasetId = null);
