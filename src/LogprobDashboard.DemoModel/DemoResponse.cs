namespace LogprobDashboard.DemoModel;

/// <summary>What the demo model answers over HTTP: a status code and a JSON body in OpenAI's shape.</summary>
public sealed record DemoResponse(int StatusCode, byte[] Json);
