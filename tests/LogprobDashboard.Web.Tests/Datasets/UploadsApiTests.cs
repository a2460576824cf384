using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class UploadsApiTests : IDisposable
{
    private const string Uploads = "/api/datasets/uploads";
    private static readonly string Tickets = "Ticket Subject,Queue\n" + string.Concat(Enumerable.Range(1, 40).Select(row => row == 17 ? "Printer, again, on fire,Hardware\n" : $"Ticket number {row},{(row % 2 == 0 ? "Billing" : "Hardware")}\n"));
    private readonly ProductHost _host = ProductHost.Start();
    private readonly HttpClient _client;

    public UploadsApiTests() => _client = _host.Client();

    public void Dispose()
    {
        _client.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Upload_ReadThenImported_BecomesTheDatasetThatWasShown()
    {
        var upload = await SendAsync(Tickets);
        var reading = await _client.GetObjectAsync($"{Uploads}/{upload.Text("id")}/reading?textColumn=Ticket%20Subject&labelColumn=queue&sourceColumn=&idColumn=");
        var dataset = await _client.PostObjectAsync($"{Uploads}/{upload.Text("id")}/import", new { name = "Tickets", textColumn = "Ticket Subject", labelColumn = "Queue" });

        Assert.Equal(("tickets.csv", Encoding.UTF8.GetByteCount(Tickets)), (upload.Text("fileName"), upload.Count("bytes")));
        Assert.Equal(("csv", "utf-8", "Queue", 40), (reading.Text("format"), reading.Text("encoding"), reading.Text("labelColumn"), reading.Count("rowCount")));
        Assert.Equal("""{"row":17,"cells":["Printer"," again"," on fire","Hardware"]}""", Assert.Single(reading["notedRows"]!.AsArray())!.ToJsonString());
        Assert.Equal(reading["labels"]!.ToJsonString(), dataset["labels"]!.ToJsonString());
        Assert.Equal(reading["warnings"]!.ToJsonString(), dataset["warnings"]!.ToJsonString());
        var after = await _client.GetObjectAsync($"{Uploads}/{upload.Text("id")}");
        Assert.Equal(dataset.Text("id"), after.Text("datasetId"));
        Assert.Empty((await _client.GetObjectAsync(Uploads))["items"]!.AsArray());
    }

    [Fact]
    public async Task Upload_AfterARestartOfTheProcess_CanBeImported()
    {
        using var data = new TemporaryDirectory();
        string id;
        using (var first = ProductHost.Start(data.Path))
        {
            using var client = first.Client();
            id = (await client.UploadToAsync(Uploads, "tickets.csv", Encoding.UTF8.GetBytes(Tickets))).Text("id");
        }

        using var second = ProductHost.Start(data.Path);
        using var later = second.Client();
        Assert.Equal(id, Assert.Single((await later.GetObjectAsync(Uploads))["items"]!.AsArray())!.Text("id"));
        Assert.Equal(40, (await later.PostObjectAsync($"{Uploads}/{id}/import", new { textColumn = "Ticket Subject" })).Count("rowCount"));
    }

    [Theory]
    [InlineData("textColumn=Nonsense", 422, "textColumn")]
    [InlineData("textColumn=Queue&labelColumn=Queue", 422, "labelColumn")]
    [InlineData("delimiter=abc", 422, "delimiter")]
    [InlineData("quoting=perhaps", 422, "quoting")]
    [InlineData("encoding=klingon", 422, "encoding")]
    [InlineData("format=docx", 415, "format")]
    [InlineData("hasHeader=perhaps", 400, "hasHeader")]
    public async Task Reading_WithABadOption_NamesTheFieldAndKeepsTheUpload(string query, int status, string field)
    {
        var upload = await SendAsync(Tickets);

        using var response = await _client.GetAsync($"{Uploads}/{upload.Text("id")}/reading?{query}");

        var problem = await ProblemAsync(response, status);
        Assert.Equal([field], problem["errors"]!.AsObject().Select(entry => entry.Key));
        Assert.Single((await _client.GetObjectAsync(Uploads))["items"]!.AsArray());
    }

    [Fact]
    public async Task Import_WithABadOption_IsRefusedAndCanBeRepeated()
    {
        var upload = await SendAsync(Tickets);
        var path = $"{Uploads}/{upload.Text("id")}/import";

        using (var refused = await _client.PostAsJsonAsync(path, new { textColumn = "Nonsense" }))
            await ProblemAsync(refused, 422);
        Assert.Empty((await _client.GetObjectAsync("/api/datasets"))["items"]!.AsArray());
        await _client.PostObjectAsync(path, new { textColumn = "Ticket Subject" });

        using var repeated = await _client.PostAsJsonAsync(path, new { textColumn = "Ticket Subject" });
        Assert.Contains("imported already", (await ProblemAsync(repeated, 409)).Text("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 422, "empty")]
    public async Task Upload_ThatIsNothing_IsRefusedInWords(string content, int status, string word)
    {
        using var form = new MultipartFormDataContent { { new StringContent(content), "file", "tickets.csv" } };
        using var response = await _client.PostAsync(Uploads, form);

        Assert.Contains(word, (await ProblemAsync(response, status)).Text("title"), StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Upload_OverTheLimit_IsRefusedInWordsAndLeavesNothing()
    {
        using var host = ProductHost.Start(null, ("LogprobDashboard:MaxUploadBytes", "1000"));
        using var client = host.Client();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[1_001]), "file", "tickets.csv" } };
        using var response = await client.PostAsync(Uploads, form);

        Assert.Contains("1,000 bytes", (await ProblemAsync(response, 413)).Text("title"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.DataDirectory, "uploads")));
    }

    [Fact]
    public async Task Upload_WithTheConnectionLostHalfWay_LeavesNothing()
    {
        var address = _client.BaseAddress!;
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(address.Host, address.Port);
            socket.LingerState = new LingerOption(true, 0);
            var head = $"POST {Uploads} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: 5000000\r\n\r\n--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n\r\ntext,label\n";
            await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat("hello there,ham\n", 50_000))));
            await UntilAsync(() => Files().Length == 1);
        }

        await UntilAsync(() => Files().Length == 0);
        Assert.Empty((await _client.GetObjectAsync(Uploads))["items"]!.AsArray());
    }

    [Fact]
    public async Task Discard_Upload_IsGone()
    {
        var upload = await SendAsync(Tickets);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"{Uploads}/{upload.Text("id")}/import")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"{Uploads}/{upload.Text("id")}")).StatusCode);
        using var again = await _client.DeleteAsync($"{Uploads}/{upload.Text("id")}");
        Assert.Contains("Send the file again", (await ProblemAsync(again, 404)).Text("detail"), StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Reading_OfABinaryFile_SaysThatItIsNoText()
    {
        var upload = await _client.UploadToAsync(Uploads, "tickets.csv", [.. Enumerable.Repeat<byte[]>([0, 1, 2, 3, 255, 254, 7], 500).SelectMany(bytes => bytes)]);
        using var response = await _client.GetAsync($"{Uploads}/{upload.Text("id")}/reading");

        Assert.Contains("no text", (await ProblemAsync(response, 415)).Text("title"), StringComparison.Ordinal);
    }

    private Task<JsonObject> SendAsync(string text) => _client.UploadToAsync(Uploads, "tickets.csv", Encoding.UTF8.GetBytes(text));

    private string[] Files() => Directory.GetFiles(Path.Combine(_host.DataDirectory, "uploads"));

    private static async Task<JsonObject> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
