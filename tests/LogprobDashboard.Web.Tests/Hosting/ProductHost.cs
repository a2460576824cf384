using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>The real product on a free port of this machine with a data directory of its own.</summary>
internal sealed class ProductHost : WebApplicationFactory<Program>
{
    private readonly TemporaryDirectory? _own;
    private readonly string _dataDirectory;
    private readonly (string Key, string Value)[] _settings;

    private ProductHost(string? dataDirectory, (string, string)[] settings)
    {
        _own = dataDirectory is null ? new TemporaryDirectory() : null;
        _dataDirectory = dataDirectory ?? _own!.Path;
        _settings = settings;
        UseKestrel(0);
    }

    public string DataDirectory => _dataDirectory;

    public static ProductHost Start(string? dataDirectory = null, params (string Key, string Value)[] settings)
    {
        var host = new ProductHost(dataDirectory, settings);
        host.StartServer();
        return host;
    }

    public HttpClient Client() => CreateClient();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("LogprobDashboard:DataDirectory", _dataDirectory);
        builder.UseSetting("LogprobDashboard:CreateDemoExperiment", "false");
        builder.UseSetting("LogprobDashboard:FirstRetrySeconds", "0");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _own?.Dispose();
    }
}

/// <summary>The API as a script would use it.</summary>
internal static class ApiCalls
{
    public static async Task<JsonObject> GetObjectAsync(this HttpClient client, string path) => await ReadAsync(await client.GetAsync(path), path);

    public static async Task<JsonObject> PostObjectAsync(this HttpClient client, string path, object body) => await ReadAsync(await client.PostAsJsonAsync(path, body), path);

    public static Task<JsonObject> UploadAsync(this HttpClient client, string fileName, byte[] content, params (string Name, string Value)[] fields) =>
        client.UploadToAsync("/api/datasets", fileName, content, fields);

    public static async Task<JsonObject> UploadToAsync(this HttpClient client, string path, string fileName, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return await ReadAsync(await client.PostAsync(path, form), path);
    }

    /// <summary>Asks until the run has ended; the test's own time-out ends it otherwise.</summary>
    public static async Task<JsonObject> WhenEndedAsync(this HttpClient client, string runId)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 1200 && await timer.WaitForNextTickAsync(); tries++)
        {
            var run = await client.GetObjectAsync($"/api/runs/{runId}");
            if (run.Text("status") is "completed" or "failed" or "cancelled")
                return run;
        }

        throw new TimeoutException($"Run {runId} did not end within a minute.");
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static int Count(this JsonNode node, string name) => node[name]!.GetValue<int>();

    public static double Number(this JsonNode node, string name) => node[name]!.GetValue<double>();

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, string path)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
