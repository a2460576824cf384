using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.DemoModel.Tests.Wire;

/// <summary>The same bytes over a socket and in the process.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private readonly DemoChatCompletions _completions = new(new FakeTimeProvider());
    private WebApplication? _app;
    private HttpClient? _socket;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_completions);
        _app = builder.Build();
        _app.MapDemoModel();
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _socket = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task DisposeAsync()
    {
        _socket?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Fact]
    public async Task ChatCompletions_OverSocketAndHandler_AnswerTheSameBytes()
    {
        using var direct = new HttpClient(new DemoModelHandler(_completions)) { BaseAddress = new Uri("http://demo.local") };
        var request = Chat.Request("Answer Yes or No.\n\nMessage: hello\n\nAnswer:").ToJsonString();

        using var bySocket = await _socket!.PostAsync("/demo/v1/chat/completions", new StringContent(request, Encoding.UTF8, "application/json"));
        using var byHandler = await direct.PostAsync("/demo/v1/chat/completions", new StringContent(request, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, bySocket.StatusCode);
        Assert.Equal("application/json", bySocket.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/json", byHandler.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await byHandler.Content.ReadAsByteArrayAsync(), await bySocket.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Refusals_OverSocketAndHandler_KeepTheirStatus()
    {
        using var direct = new HttpClient(new DemoModelHandler(_completions)) { BaseAddress = new Uri("http://demo.local") };
        foreach (var client in new[] { _socket!, direct })
        {
            using var wrongModel = await client.PostAsJsonAsync("/demo/v1/chat/completions", Chat.Request("x").With("model", "gpt-4o"));
            using var malformed = await client.PostAsync("/demo/v1/chat/completions", new StringContent("{"));
            using var unknownModel = await client.GetAsync("/demo/v1/models/gpt-4o");
            Assert.Equal(HttpStatusCode.NotFound, wrongModel.StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, unknownModel.StatusCode);
            Assert.Equal("demo-ngram", JsonNode.Parse(await client.GetStringAsync("/demo/v1/models"))!["data"]![0]!["id"]!.GetValue<string>());
            Assert.Equal("demo-ngram", JsonNode.Parse(await client.GetStringAsync("/demo/v1/models/demo-ngram"))!["id"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Body_TooLongOverSocket_IsRefused()
    {
        using var response = await _socket!.PostAsync("/demo/v1/chat/completions", new ByteArrayContent(new byte[DemoChatCompletions.MaxRequestBytes + 1]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/demo/v1/chat/completions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/demo/v1/models", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/demo/v1/embeddings", HttpStatusCode.NotFound)]
    public async Task Handler_AskedForSomethingElse_AnswersAnError(string method, string path, HttpStatusCode expected)
    {
        using var direct = new HttpClient(new DemoModelHandler(_completions)) { BaseAddress = new Uri("http://demo.local") };

        using var response = await direct.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(expected, response.StatusCode);
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["message"]);
    }
}
