namespace LogprobDashboard.Web.Runs;

/// <summary>The form that imports a run, for the API's description: it is streamed, never bound.</summary>
internal sealed record RunImportForm(IFormFile File, string? Name = null, string? Model = null);
