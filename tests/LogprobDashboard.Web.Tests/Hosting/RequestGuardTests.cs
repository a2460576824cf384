using System.Net;
using System.Text.Json.Nodes;

namespace LogprobDashboard.Web.Tests.Hosting;

public sealed class RequestGuardTests(RequestGuardTests.Product product) : IClassFixture<RequestGuardTests.Product>
{
    [Theory]
    [InlineData("/api/datasets", "Host", "evil.example")]
    [InlineData("/", "Host", "evil.example")]
    [InlineData("/api/datasets", "Host", "203.0.113.9")]
    [InlineData("/api/datasets", "Sec-Fetch-Site", "cross-site")]
    [InlineData("/api/datasets", "Sec-Fetch-Site", "same-site")]
    [InlineData("/api/datasets", "Origin", "http://evil.example")]
    [InlineData("/api/datasets", "Origin", "null")]
    [InlineData("/_blazor/negotiate", "Origin", "http://evil.example")]
    public async Task Request_FromElsewhere_IsForbidden(string path, string header, string value)
    {
        var response = await SendAsync(path, header, value);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
    }

    [Theory]
    [InlineData("/api/datasets", "Sec-Fetch-Site", "same-origin")]
    [InlineData("/api/datasets", "Sec-Fetch-Site", "none")]
    [InlineData("/api/datasets", "Host", "localhost:1234")]
    [InlineData("/api/datasets", "Host", "[::1]")]
    [InlineData("/", "Sec-Fetch-Site", "cross-site")]
    [InlineData("/health", "Sec-Fetch-Site", "cross-site")]
    public async Task Request_FromHereOrFollowingALink_IsAnswered(string path, string header, string value) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(path, header, value)).StatusCode);

    private async Task<HttpResponseMessage> SendAsync(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await product.Client.SendAsync(request);
    }

    public sealed class Product : IDisposable
    {
        private readonly ProductHost _host = ProductHost.Start();

        public Product() => Client = _host.Client();

        internal HttpClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            _host.Dispose();
        }
    }
}
