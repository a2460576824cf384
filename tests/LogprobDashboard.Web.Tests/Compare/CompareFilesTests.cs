using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Compare;

/// <summary>The files of a comparison, over HTTP, against the numbers that the API gives.</summary>
public sealed class CompareFilesTests(CompareFilesTests.Product product) : IClassFixture<CompareFilesTests.Product>
{
    [Fact]
    public async Task CurvesFile_HoldsEveryPointOfEveryRunAsTheApiGivesIt()
    {
        var rows = await product.TableAsync($"curves.csv?runs={product.First},{product.Second}");
        foreach (var run in new[] { product.First, product.Second })
        {
            var points = (await product.Client.GetObjectAsync($"/api/runs/{run}/curve?kind=pr"))["points"]!.AsArray();
            var mine = rows.Where(row => row["runId"] == run).ToList();
            Assert.InRange(points.Count, 50, 62);
            Assert.Equal(points.Select(point => (point!["threshold"]?.GetValue<double>(), point.Number("precision"), point.Number("recall"))), mine.Select(row => (Number(row["threshold"]), Number(row["precision"])!.Value, Number(row["recall"])!.Value)));
            Assert.All(mine.Where(row => row["threshold"].Length > 0), row => Assert.Equal(1 / (1 + Math.Exp(-Number(row["threshold"])!.Value)), Number(row["probability"])));
        }
    }

    [Theory]
    [InlineData("roc", "roc", "threshold", "falsePositiveRate", "truePositiveRate")]
    [InlineData("reliability", "calibration", "meanProbability", "observedShare:observedRate", "samples:count")]
    [InlineData("riskCoverage", "riskCoverage", "coverage", "risk", "entropy:threshold")]
    public async Task CurvesFile_OfAKind_HoldsEveryPointAsTheApiGivesIt(string kind, string curve, params string[] columns)
    {
        var rows = (await product.TableAsync($"curves.csv?kind={kind}&runs={product.First},{product.Second}")).Where(row => row["runId"] == product.Second).ToList();
        var points = (await product.Client.GetObjectAsync($"/api/runs/{product.Second}/curve?kind={curve}"))["points"]!.AsArray();
        Assert.Equal(points.Count, rows.Count);
        foreach (var (point, row) in points.Zip(rows))
        {
            foreach (var column in columns.Select(column => column.Split(':')))
                Assert.Equal(point![column[^1]]?.GetValue<double>(), Number(row[column[0]]));
            Assert.Equal("'=HYPERLINK(\"http://x\")", row["run"]);
        }
    }

    [Fact]
    public async Task CurvesFile_OfScoresAndThresholds_CountsAndMeasuresEverySample()
    {
        var scores = await product.TableAsync($"curves.csv?kind=scores&runs={product.First}");
        Assert.Equal((20, 39), (scores.Sum(row => (int)Number(row["positives"])!.Value), scores.Sum(row => (int)Number(row["others"])!.Value)));
        var thresholds = await product.TableAsync($"curves.csv?kind=thresholds&runs={product.First}");
        var point = thresholds[thresholds.Count / 2];
        var metrics = (await product.Client.GetObjectAsync($"/api/runs/{product.First}/metrics?threshold={point["threshold"]}"))["operatingPoint"]!;
        foreach (var figure in new[] { "precision", "recall", "f1", "probability" })
            Assert.Equal(metrics[figure]?.GetValue<double>(), Number(point[figure]));
    }

    [Theory]
    [InlineData("rule=recall:0.8", "&rule=recall:0.8")]
    [InlineData("threshold=0.25", "&threshold=0.25")]
    [InlineData("", "")]
    public async Task FiguresFile_HoldsTheFiguresThatTheApiGives(string choice, string query)
    {
        var row = Assert.Single(await product.TableAsync($"figures.csv?runs={product.First}{(choice.Length > 0 ? "&" + choice : "")}"));
        var metrics = await product.Client.GetObjectAsync($"/api/runs/{product.First}/metrics?positive=b{query}");
        var here = Assert.Single(await product.TableAsync($"figures.csv?runs={product.First}&positive=b{query}"));
        Assert.Equal(metrics["averagePrecision"]!.Number("value"), Number(here["averagePrecision"]));
        Assert.Equal(metrics["rocAuc"]!.Number("value"), Number(here["rocAuc"]));
        Assert.Equal(metrics.Number("ece"), Number(here["ece"]));
        Assert.Equal(metrics.Number("macroAveragePrecision"), Number(here["macroAveragePrecision"]));
        Assert.Equal(metrics.Number("weightedAveragePrecision"), Number(here["weightedAveragePrecision"]));
        Assert.Equal(metrics.Number("macroF1"), Number(here["macroF1"])!.Value, 1e-12);
        Assert.Equal(metrics.Number("accuracy"), Number(here["accuracy"]));
        foreach (var figure in new[] { "threshold", "probability", "precision", "recall", "f1" })
            Assert.Equal(metrics["operatingPoint"]![figure]?.GetValue<double>(), Number(here[figure]));
        foreach (var count in new[] { "truePositives", "falsePositives", "trueNegatives", "falseNegatives" })
            Assert.Equal(metrics["operatingPoint"]!.Count(count).ToString(CultureInfo.InvariantCulture), here[count]);
        Assert.Equal(metrics["argmax"]!.Number("f1"), Number(here["argmaxF1"]));
        Assert.Equal("a", row["positive"]);
    }

    [Fact]
    public async Task LabelsFile_HoldsEveryLabelAsTheApiGivesIt()
    {
        var rows = await product.TableAsync($"labels.csv?runs={product.First}");
        Assert.Equal(["(macro mean)", "(micro mean)", "(mean by support)", "a", "b", "'=c"], rows.Select(row => row["label"]));
        var labels = (await product.Client.GetObjectAsync($"/api/runs/{product.First}/metrics"))["perLabel"]!.AsArray();
        foreach (var (label, row) in labels.Zip(rows.Skip(3)))
        {
            foreach (var figure in new[] { "averagePrecision", "rocAuc", "precision", "recall", "f1" })
                Assert.Equal(label![figure]?.GetValue<double>(), Number(row[figure]));
        }
    }

    [Fact]
    public async Task File_IsADownloadWithAPlainName()
    {
        var response = await product.Client.GetAsync($"/api/experiments/{product.Experiment}/compare/curves.csv");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("letters-1-2-curves.csv", response.Content.Headers.ContentDisposition.FileName!.Trim('"'));
    }

    [Fact]
    public async Task File_OfARunNamedLikeAFormula_IsNoFormula() =>
        Assert.Equal("'=HYPERLINK(\"http://x\")", Assert.Single(await product.TableAsync($"figures.csv?runs={product.Second}"))["run"]);

    [Theory]
    [InlineData("curves.csv?runs=999", HttpStatusCode.NotFound)]
    [InlineData("curves.csv?positive=z", HttpStatusCode.UnprocessableEntity)]
    [InlineData("curves.csv?kind=spiral", HttpStatusCode.BadRequest)]
    [InlineData("curves.csv?kind=reliability&bins=random", HttpStatusCode.BadRequest)]
    [InlineData("figures.csv?rule=best", HttpStatusCode.BadRequest)]
    [InlineData("figures.csv?threshold=high", HttpStatusCode.BadRequest)]
    [InlineData("figures.csv?threshold=1&rule=maxF1", HttpStatusCode.BadRequest)]
    [InlineData("labels.csv?runs=1,2,3,4,5,6,7,8,9", HttpStatusCode.BadRequest)]
    public async Task File_OfWhatIsNotThere_IsRefused(string file, HttpStatusCode status) =>
        Assert.Equal(status, (await product.Client.GetAsync($"/api/experiments/{product.Experiment}/compare/{file}")).StatusCode);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("-3 degrees", "'-3 degrees")]
    [InlineData("plain v1", "plain v1")]
    [InlineData("", "")]
    public void Words_LikeAFormula_AreText(string given, string written) => Assert.Equal(written, CsvFile.Words(given));

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>An experiment of three labels with two recorded runs, one sample of them unscorable.</summary>
    public sealed class Product : IAsyncLifetime
    {
        private static readonly string[] Labels = ["a", "b", "=c"];
        private ProductHost? _host;

        public HttpClient Client { get; private set; } = null!;

        public string Experiment { get; private set; } = "";

        public string First { get; private set; } = "";

        public string Second { get; private set; } = "";

        public async Task InitializeAsync()
        {
            _host = ProductHost.Start();
            Client = _host.Client();
            var dataset = await Client.UploadAsync("letters.jsonl", Lines(Enumerable.Range(0, 60), index => new { text = $"text {index}", label = Labels[index % 3] }));
            var experiment = await Client.PostObjectAsync("/api/experiments", new { name = "Letters 1&2", datasetId = dataset.Text("id"), labels = Labels.Select(name => new { name }), positiveLabel = "a" });
            Experiment = experiment.Text("id");
            First = await ImportAsync("steady", spread: 3);
            Second = await ImportAsync("=HYPERLINK(\"http://x\")", spread: 7);
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            if (_host is not null)
                await _host.DisposeAsync();
        }

        internal async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> TableAsync(string file)
        {
            using var csv = new CsvReader(new StringReader(await Client.GetStringAsync($"/api/experiments/{Experiment}/compare/{file}")), CultureInfo.InvariantCulture);
            await csv.ReadAsync();
            csv.ReadHeader();
            var rows = new List<IReadOnlyDictionary<string, string>>();
            while (await csv.ReadAsync())
                rows.Add(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column)!));
            return rows;
        }

        private static byte[] Lines(IEnumerable<int> indexes, Func<int, object> line) => Encoding.UTF8.GetBytes(string.Concat(indexes.Select(index => JsonSerializer.Serialize(line(index)) + "\n")));

        private async Task<string> ImportAsync(string name, int spread)
        {
            var file = Lines(Enumerable.Range(0, 60), index => index == 5
                ? new { index, topLogprobs = new[] { new { token = "?", logprob = -0.1 } } }
                : new { index, topLogprobs = Labels.Select((token, label) => new { token, logprob = Math.Log((label == index % 3 ? 1.5 : 1) + (((index * 7919) + (label * 104_729)) % 1009 * spread / 1009.0)) - 4 }).ToArray() });
            return (await Client.UploadToAsync($"/api/experiments/{Experiment}/runs/import", "run.jsonl", file, ("name", name), ("model", "m"))).Text("id");
        }
    }
}
