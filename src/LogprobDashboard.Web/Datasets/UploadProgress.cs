using System.Globalization;

namespace LogprobDashboard.Web.Datasets;

/// <summary>How far a file is on its way to the server.</summary>
public sealed record UploadProgress(string FileName, long Sent, long Bytes, TimeSpan Elapsed)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    public double Share => Bytes <= 0 ? 0 : Math.Clamp((double)Sent / Bytes, 0, 1);

    /// <summary>Every byte is under way to the server, which has yet to say that it has them.</summary>
    public bool IsSent => Sent >= Bytes;

    /// <summary>Bytes a second; null before it means anything.</summary>
    public double? Rate => Elapsed >= Settling && Sent > 0 ? Sent / Elapsed.TotalSeconds : null;

    public TimeSpan? Remaining => Rate is { } rate && !IsSent ? TimeSpan.FromSeconds((Bytes - Sent) / rate) : null;

    public string Percent => Math.Floor(100 * Share).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>"4.1 MB of 40 MB · 12 MB/s · about 3 s left".</summary>
    public string Words
    {
        get
        {
            if (IsSent)
                return $"{FileSize.Of(Bytes)} sent; waiting for the server to confirm";
            var words = $"{FileSize.Of(Sent)} of {FileSize.Of(Bytes)}";
            if (Rate is { } rate)
                words += $" · {FileSize.Of((long)rate)}/s";
            return Remaining is { } remaining ? $"{words} · {Moment.About(remaining)} left" : words;
        }
    }
}
