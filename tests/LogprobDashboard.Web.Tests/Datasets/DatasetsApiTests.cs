using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LogprobDashboard.TestSupport;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class DatasetsApiTests : IAsyncLifetime
{
    private const string Table = "text,label\nhello there,ham\nwin now,spam\n";
    private DatasetsServer _server = null!;

    public async Task InitializeAsync() => _server = await DatasetsServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_FieldsBeforeOrAfterTheFile_ImportsIt(bool before)
    {
        using var form = before ? Form(Table, ("name", "Mine"), ("labelColumn", "")) : new MultipartFormDataContent { { Content(Table), "file", "C:\\data\\rows.csv" }, { new StringContent("Mine"), "name" }, { new StringContent(""), "labelColumn" } };

        using var response = await _server.Client.PostAsync("/api/datasets", form);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var dataset = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/api/datasets/{dataset.GetProperty("id").GetString()}", response.Headers.Location!.ToString());
        Assert.Equal(("Mine", "rows.csv", 2, "text", JsonValueKind.Null),
            (dataset.GetProperty("name").GetString(), dataset.GetProperty("fileName").GetString(), dataset.GetProperty("rowCount").GetInt32(), dataset.GetProperty("textColumn").GetString(), dataset.GetProperty("labelColumn").ValueKind));
        Assert.StartsWith("sha256:", dataset.GetProperty("contentHash").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_server.UploadsDirectory));
    }

    [Fact]
    public async Task Post_EveryField_IsUsed()
    {
        using var utf16 = new MultipartFormDataContent { { new ByteArrayContent(Encoding.Unicode.GetBytes("a|b|c|d\n1|hello \"there|ham|x\n")), "file", "rows.csv" } };
        foreach (var (name, value) in new[] { ("format", "csv"), ("encoding", "utf-16le"), ("delimiter", "|"), ("quoting", "none"), ("hasHeader", "true"), ("textColumn", "b"), ("labelColumn", "c"), ("sourceColumn", "d"), ("idColumn", "a") })
            utf16.Add(new StringContent(value), name);

        var dataset = await JsonAsync(await _server.Client.PostAsync("/api/datasets", utf16));
        var samples = await JsonAsync(await _server.Client.GetAsync($"/api/datasets/{dataset.GetProperty("id").GetString()}/samples"));

        Assert.Equal(JsonValueKind.Null, samples.GetProperty("nextCursor").ValueKind);
        Assert.Equal("""{"index":0,"id":"1","text":"hello \"there","label":"ham","source":"x","metadata":{}}""", samples.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task Lists_AndSamples_PageByCursor()
    {
        foreach (var number in Enumerable.Range(1, 3))
            (await _server.Client.PostAsync("/api/datasets", Form($"text\nhello {number}\nbye {number}\n"))).EnsureSuccessStatusCode();

        var first = await JsonAsync(await _server.Client.GetAsync("/api/datasets?take=2"));
        var second = await JsonAsync(await _server.Client.GetAsync($"/api/datasets?take=2&cursor={first.GetProperty("nextCursor").GetString()}"));
        var samples = await JsonAsync(await _server.Client.GetAsync("/api/datasets/1/samples?search=BYE"));

        Assert.Equal((2, 1), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal("bye 1", Assert.Single(samples.GetProperty("items").EnumerateArray()).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("/api/datasets?take=0", 400)]
    [InlineData("/api/datasets?take=1001", 400)]
    [InlineData("/api/datasets?take=many", 400)]
    [InlineData("/api/datasets?cursor=many", 400)]
    [InlineData("/api/datasets/7", 404)]
    [InlineData("/api/datasets/x", 404)]
    [InlineData("/api/datasets/7/samples", 404)]
    public async Task Get_Nonsense_IsRefused(string path, int status) =>
        Assert.Equal(status, (int)(await _server.Client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Delete_Dataset_IsGone()
    {
        (await _server.Client.PostAsync("/api/datasets", Form(Table))).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NoContent, (await _server.Client.DeleteAsync("/api/datasets/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Client.DeleteAsync("/api/datasets/1")).StatusCode);
    }

    [Fact]
    public async Task Post_WithoutFile_IsMalformed()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Client.PostAsync("/api/datasets", new MultipartFormDataContent { { new StringContent("Mine"), "name" } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Client.PostAsync("/api/datasets", null)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _server.Client.PostAsync("/api/datasets", new StringContent(Table))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Client.PostAsync("/api/datasets", Form(Table, ("hasHeader", "perhaps")))).StatusCode);
        Assert.Empty(Directory.Exists(_server.UploadsDirectory) ? Directory.GetFiles(_server.UploadsDirectory) : []);
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("PAR1 and so on", 415)]
    [InlineData("a,b\n1,2\n", 422)]
    public async Task Post_FileThatCannotBeImported_IsRefusedAndNothingStays(string text, int status)
    {
        using var response = await _server.Client.PostAsync("/api/datasets", Form(text));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(Directory.GetFiles(_server.UploadsDirectory));
        Assert.Empty((await JsonAsync(await _server.Client.GetAsync("/api/datasets"))).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OverTheLimit_Is413(bool isAnnounced)
    {
        await using var server = await DatasetsServer.StartAsync(maxUploadBytes: 100_000);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[isAnnounced ? 400_000 : 100_001]), "file", "rows.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/datasets") { Content = form };
        request.Headers.TransferEncodingChunked = !isAnnounced;

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(Directory.Exists(server.UploadsDirectory) ? Directory.GetFiles(server.UploadsDirectory) : []);
    }

    [Fact]
    public async Task Post_LargerThanKestrelsOwnLimit_IsTaken()
    {
        var text = "text,label\n" + string.Concat(Enumerable.Repeat(new string('a', 1_000) + " b,ham\n", 40_000));

        var dataset = await JsonAsync(await _server.Client.PostAsync("/api/datasets", Form(text)));

        Assert.Equal(40_000, dataset.GetProperty("rowCount").GetInt32());
    }

    [Fact]
    public async Task Post_ConnectionLostHalfWay_LeavesNothing()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(_server.Address.Host, _server.Address.Port);
            socket.LingerState = new LingerOption(true, 0);
            var head = "POST /api/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: 5000000\r\n\r\n"
                + "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n\r\ntext,label\n";
            await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat("hello there,ham\n", 50_000))));
            await UploadAppearsAsync();
        }

        Assert.NotNull(await _server.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Empty(Directory.GetFiles(_server.UploadsDirectory));
        Assert.Empty((await JsonAsync(await _server.Client.GetAsync("/api/datasets"))).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Post_FormThatEndsTooSoon_IsMalformed()
    {
        using var content = new StringContent("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n\r\ntext,label\nhello,ham\n");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=XX");

        using var response = await _server.Client.PostAsync("/api/datasets", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(Directory.GetFiles(_server.UploadsDirectory));
    }

    [SkippableFact]
    public async Task Post_SharedFile_GivesItsRows()
    {
        await using var file = File.OpenRead(SharedData.File("datasets/sms_spam_collection.tsv"));

        var dataset = await JsonAsync(await _server.Client.PostAsync("/api/datasets", new MultipartFormDataContent { { new StreamContent(file), "file", "sms_spam_collection.tsv" } }));

        Assert.Equal(5_574, dataset.GetProperty("rowCount").GetInt32());
    }

    private static StringContent Content(string text) => new(text, Encoding.UTF8);

    private static MultipartFormDataContent Form(string text, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(Content(text), "file", "rows.csv");
        return form;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    /// <summary>The server has begun to stage the file.</summary>
    private async Task UploadAppearsAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!Directory.Exists(_server.UploadsDirectory) || Directory.GetFiles(_server.UploadsDirectory).Length == 0)
            await timer.WaitForNextTickAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
