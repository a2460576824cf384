using System.Globalization;
using System.Net;
using System.Text;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Compare;

/// <summary>Slices and calibration over HTTP.</summary>
public sealed class DetailsApiTests(DetailsApiTests.Product product) : IClassFixture<DetailsApiTests.Product>
{
    [Fact]
    public async Task Slices_OverHttp_AreThoseOfTheMetrics()
    {
        var slices = await product.Client.GetObjectAsync($"/api/experiments/{product.Experiment}/compare/slices?by=channel&resamples=100&seed=3");
        Assert.Equal(("channel", "source"), (slices.Text("column"), slices.Text("sourceColumn")));
        Assert.Equal(["c0", "c1", "c2", "c3"], slices["slices"]!.AsArray().Select(slice => slice!.Text("value")).Order());
        foreach (var slice in slices["slices"]!.AsArray())
        {
            var run = slice!["runs"]![0]!;
            var metrics = await product.Client.GetObjectAsync($"/api/runs/{product.Run}/metrics?by=channel&slice={slice["value"]}&resamples=100&seed=3");
            Assert.Equal(metrics["averagePrecision"]!.Number("value"), run.Number("averagePrecision"));
            Assert.Equal(metrics["averagePrecision"]!.Number("low"), run["interval"]!.Number("low"));
        }
    }

    [Fact]
    public async Task SlicesFile_HasARowASliceAndRun_AllSamplesFirst()
    {
        var lines = (await product.Client.GetStringAsync($"/api/experiments/{product.Experiment}/compare/slices.csv?resamples=0")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("column,slice,runId,run,positive,samples,positives,averagePrecision", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"source,(all samples),{product.Run},recorded,spam,60,20,", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("source,'=chat,", StringComparison.Ordinal)); // a name is no formula
    }

    [Fact]
    public async Task Calibration_OverHttp_BeginsWithTheFiguresOfTheMetrics()
    {
        var calibration = await product.Client.GetObjectAsync($"/api/experiments/{product.Experiment}/compare/calibration?error=0.2");
        var metrics = await product.Client.GetObjectAsync($"/api/runs/{product.Run}/metrics?resamples=0");
        var run = calibration["runs"]![0]!;
        Assert.Equal(["none", "temperature", "platt"], run["figures"]!.AsArray().Select(figures => figures!["calibrator"]!.GetValue<string>()));
        Assert.Equal((metrics.Number("ece"), metrics.Number("brier"), metrics.Number("logLoss")), (run["figures"]![0]!.Number("expectedError"), run["figures"]![0]!.Number("brier"), run["figures"]![0]!.Number("logLoss")));
        Assert.Equal(0.2, calibration.Number("errorRate"));
        Assert.Equal(60, run["conformal"]!.Count("calibratedOn") + run["conformal"]!.Count("judged"));
    }

    [Theory]
    [InlineData("slices?by=text", HttpStatusCode.UnprocessableEntity)]
    [InlineData("slices?resamples=-1", HttpStatusCode.BadRequest)]
    [InlineData("slices.csv?runs=999", HttpStatusCode.NotFound)]
    [InlineData("calibration?error=1", HttpStatusCode.BadRequest)]
    [InlineData("calibration?of=nobody", HttpStatusCode.BadRequest)]
    public async Task WhatIsNotThere_IsRefused(string query, HttpStatusCode status)
    {
        using var response = await product.Client.GetAsync(new Uri($"/api/experiments/{product.Experiment}/compare/{query}", UriKind.Relative));
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>One run of two labels over two sources and a channel.</summary>
    public sealed class Product : IAsyncLifetime
    {
        private ProductHost? _host;

        public HttpClient Client { get; private set; } = null!;

        public string Experiment { get; private set; } = "";

        public string Run { get; private set; } = "";

        public async Task InitializeAsync()
        {
            _host = ProductHost.Start();
            Client = _host.Client();
            var rows = "text,label,source,channel\n" + string.Concat(Enumerable.Range(0, 60).Select(index => $"text {index},{(index % 3 == 0 ? "spam" : "ham")},{(index % 2 == 0 ? "sms" : "=chat")},c{index % 4}\n"));
            var dataset = await Client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes(rows));
            Experiment = (await Client.PostObjectAsync("/api/experiments", new { name = "Slices", datasetId = dataset.Text("id"), positiveLabel = "spam" })).Text("id");
            var lines = string.Concat(Enumerable.Range(0, 60).Select(index => $$"""{"index":{{index}},"topLogprobs":[{"token":"spam","logprob":{{Log((1 + (index * 17 % 60)) / 62.0)}} },{"token":"ham","logprob":{{Log((61 - (index * 17 % 60)) / 62.0)}} }]}""" + "\n"));
            Run = (await Client.UploadToAsync($"/api/experiments/{Experiment}/runs/import", "run.jsonl", Encoding.UTF8.GetBytes(lines), ("name", "recorded"))).Text("id");
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            if (_host is not null)
                await _host.DisposeAsync();
        }

        private static string Log(double probability) => Math.Log(probability).ToString("R", CultureInfo.InvariantCulture);
    }
}
