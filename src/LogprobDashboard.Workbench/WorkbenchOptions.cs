namespace LogprobDashboard.Workbench;

/// <summary>The settings of section <c>LogprobDashboard</c>; <c>appsettings.template.json</c> lists them with their meaning.</summary>
public sealed class WorkbenchOptions
{
    public const string SectionName = "LogprobDashboard";

    /// <summary>Everything the product keeps: the database, the key ring, uploads under way. An absolute path once the host is built.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Make the demo experiments when the database is new.</summary>
    public bool CreateDemoExperiment { get; set; } = true;

    /// <summary>The largest file that can be imported, in bytes.</summary>
    public long MaxUploadBytes { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Memory for the score columns of runs that pages look at, in bytes, for the whole process.</summary>
    public long ScoreCacheBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Where to send metrics and traces, as OpenTelemetry's protocol has it; empty: nowhere, unless OpenTelemetry's own variables say so.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How often a sample is asked for while calls fail in a way that may pass, the first time included.</summary>
    public int CallAttempts { get; set; } = 6;

    /// <summary>The longest wait before the second attempt, in seconds; each further one may take twice as long, up to a minute.</summary>
    public double FirstRetrySeconds { get; set; } = 1;

    /// <summary>How long calls under way may go on when their run is paused or cancelled or the process ends, in seconds.</summary>
    public double DrainSeconds { get; set; } = 10;

    /// <summary>Where shared links are served, and nothing else; several addresses are separated by semicolons. Empty: by the product itself alone.</summary>
    public string ShareUrls { get; set; } = "";

    public string DatabasePath => Path.Combine(DataDirectory, "logprob-dashboard.db");

    public string UploadsDirectory => Path.Combine(DataDirectory, "uploads");

    public string KeyRingDirectory => Path.Combine(DataDirectory, "keys");
}
