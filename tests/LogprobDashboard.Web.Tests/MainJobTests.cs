using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests;

/// <summary>The whole main job over HTTP: the recorded messages, both recorded prompts, a server that answers what was recorded.</summary>
public sealed class MainJobTests
{
    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public async Task Metrics_OfARecordedRun_EqualTheReference(string variant)
    {
        var messages = RecordedMessages.Read(variant);
        var template = RecordedMessages.Template(variant);
        var answers = messages.GroupBy(message => message.Text).ToDictionary(group => template.Replace("{{ text }}", group.Key), group => group.First());
        await using var server = await ScriptedServer.StartForRunsAsync(request => ScriptedServer.Completion([.. answers[request.Prompt].Top]));
        using var host = ProductHost.Start();
        using var client = host.Client();

        var run = await RunAsync(client, server, messages, variant, template);

        Assert.Equal(("completed", 1000, 0), (run.Text("status"), run.Count("completed"), run.Count("failed")));
        var metrics = await client.GetObjectAsync($"/api/runs/{run.Text("id")}/metrics");
        HoldAgainst(RecordedMessages.Reference(variant), metrics);
        var curve = await client.GetObjectAsync($"/api/runs/{run.Text("id")}/curve?kind=pr");
        Assert.Equal(RecordedMessages.Reference(variant).GetProperty("curvePoints").GetInt32(), curve["points"]!.AsArray().Count);
        await HoldOutliersAsync(client, run.Text("id"), RecordedMessages.Reference(variant));
        await HoldRulesAsync(client, run.Text("id"), RecordedMessages.Reference(variant));
    }

    /// <summary>The same numbers as a batch job wrote them, with no server to ask.</summary>
    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public async Task Metrics_OfAnImportedBatchJob_EqualTheReference(string variant)
    {
        using var host = ProductHost.Start();
        using var client = host.Client();
        var dataset = await client.UploadAsync("messages.jsonl", Rows(RecordedMessages.Read(variant)));
        var experiment = await client.PostObjectAsync("/api/experiments", new
        {
            name = "SMS spam",
            datasetId = dataset.Text("id"),
            labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } },
        });

        var run = await client.UploadToAsync($"/api/experiments/{experiment.Text("id")}/runs/import", "output.jsonl", await File.ReadAllBytesAsync(SharedData.File($"sms-spam/llama3-8b-{variant}.batch.jsonl")), ("name", variant));

        Assert.Equal(("completed", 1000, 0, "llama3:8b", variant), (run.Text("status"), run.Count("completed"), run.Count("failed"), run.Text("model"), run.Text("name")));
        Assert.Null(run["variantId"]);
        HoldAgainst(RecordedMessages.Reference(variant), await client.GetObjectAsync($"/api/runs/{run.Text("id")}/metrics"));
        Assert.Contains("llama3:8b, recorded elsewhere", await client.GetStringAsync(experiment.Text("url")), StringComparison.Ordinal);
    }

    private static byte[] Rows(IReadOnlyList<RecordedMessage> messages) =>
        Encoding.UTF8.GetBytes(string.Concat(messages.Select(message => JsonSerializer.Serialize(new { text = message.Text, label = message.Label }) + "\n")));

    private static async Task<JsonObject> RunAsync(HttpClient client, ScriptedServer server, IReadOnlyList<RecordedMessage> messages, string variant, string template)
    {
        var dataset = await client.UploadAsync("messages.jsonl", Rows(messages), ("name", "SMS"));
        var endpoint = await client.PostObjectAsync("/api/endpoints", new { name = "recorded", baseUrl = server.BaseUrl, model = "llama3:8b", apiKey = "sk-test-0000000000" });
        var experiment = await client.PostObjectAsync("/api/experiments", new
        {
            name = "SMS spam",
            datasetId = dataset.Text("id"),
            endpointId = endpoint.Text("id"),
            labels = new[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } },
        });
        Assert.Equal("spam", experiment.Text("positiveLabel"));
        await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/variants", new { name = variant, user = template });
        var started = await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/runs", new { useCache = false });
        return await client.WhenEndedAsync(started["runs"]![0]!.Text("id"));
    }

    private static void HoldAgainst(JsonElement reference, JsonObject metrics)
    {
        foreach (var name in (string[])["scored", "unscorable", "positives", "censored"])
            Assert.Equal(reference.GetProperty(name).GetInt32(), metrics.Count(name));
        Assert.Equal(reference.GetProperty("distinctScores").GetInt32(), metrics.Count("distinctScores"));
        Near(reference.GetProperty("averagePrecision"), metrics["averagePrecision"]!["value"]);
        Near(reference.GetProperty("rocAuc"), metrics["rocAuc"]!["value"]);
        Near(reference.GetProperty("logLoss"), metrics["logLoss"]);
        Near(reference.GetProperty("brier"), metrics["brier"]);
        Near(reference.GetProperty("eceEqualMass15"), metrics["ece"]);
        HoldPoint(reference.GetProperty("argmax"), metrics["argmax"]!, "probability");
        HoldPoint(reference.GetProperty("maxF1"), metrics["operatingPoint"]!, "threshold");
        foreach (var summary in (string[])["entropy", "margin", "tokenEntropy", "tokenMargin", "coverage"])
        {
            foreach (var figure in reference.GetProperty(summary).EnumerateObject())
                Near(figure.Value, metrics[summary]![figure.Name]);
        }
    }

    private static void HoldPoint(JsonElement reference, JsonNode point, string thresholdName)
    {
        Near(reference.GetProperty("threshold"), point[thresholdName]);
        foreach (var count in (string[])["truePositives", "falsePositives", "trueNegatives", "falseNegatives"])
            Assert.Equal(reference.GetProperty(count).GetInt32(), point.Count(count));
        foreach (var figure in (string[])["precision", "recall", "f1", "accuracy"])
            Near(reference.GetProperty(figure), point[figure]);
    }

    private static async Task HoldOutliersAsync(HttpClient client, string run, JsonElement reference)
    {
        foreach (var (by, name) in new[] { ("entropy", "top10ByEntropy"), ("margin", "lowest10ByMargin") })
        {
            var outliers = await client.GetObjectAsync($"/api/runs/{run}/outliers?by={by}&take=10");
            Assert.Equal(reference.GetProperty(name).EnumerateArray().Select(index => index.GetInt32()), outliers["items"]!.AsArray().Select(item => item!.Count("index")));
        }
    }

    private static async Task HoldRulesAsync(HttpClient client, string run, JsonElement reference)
    {
        foreach (var (rule, name, figure) in new[] { ("precision", "highestRecallAtPrecision", "recall"), ("recall", "highestPrecisionAtRecall", "precision") })
        {
            foreach (var bound in reference.GetProperty(name).EnumerateObject())
            {
                var metrics = await client.GetObjectAsync($"/api/runs/{run}/metrics?rule={rule}:{bound.Name}");
                if (bound.Value.ValueKind == JsonValueKind.Null)
                    Assert.Null(metrics["operatingPoint"]);
                else
                    Near(bound.Value, metrics["operatingPoint"]![figure]);
            }
        }
    }

    private static void Near(JsonElement expected, JsonNode? actual) => Assert.Equal(expected.GetDouble(), actual!.GetValue<double>(), 1e-9);
}
