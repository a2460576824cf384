using System.Net.Http.Json;
using System.Text.Json;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>An experiment with data and labels, and nothing else: no endpoint, no variant, no run.</summary>
internal sealed record BareExperiment(string Id, string DatasetId, string Name)
{
    public static async Task<BareExperiment> CreateAsync(HttpClient client)
    {
        using var form = new MultipartFormDataContent { { new StringContent("text,label\ngood morning,ham\nwin a prize,spam\n"), "file", "two-rows.csv" } };
        using var uploaded = await client.PostAsync(new Uri("/api/datasets", UriKind.Relative), form);
        var datasetId = await IdAsync(uploaded);
        var name = $"Bare {Guid.NewGuid():N}";
        using var created = await client.PostAsJsonAsync("/api/experiments", new { name, datasetId });
        return new BareExperiment(await IdAsync(created), datasetId, name);
    }

    private static async Task<string> IdAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").ToString();
    }
}
