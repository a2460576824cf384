using System.Text;
using System.Text.Json;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class EndpointsServiceTests : IDisposable
{
    private const string Key = "sk-very-secret-value-0123456789";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Create_WithKey_StoresItEncryptedAndShowsItNowhere()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", Key), CancellationToken.None);

        Assert.True(endpoint.HasApiKey);
        Assert.DoesNotContain(Key, JsonSerializer.Serialize(endpoint), StringComparison.Ordinal);
        var target = harness.EndpointsQueries.Target(await harness.EndpointsQueries.FindAsync(endpoint.Id, CancellationToken.None));
        Assert.Equal(Key, target.ApiKey);
        Assert.DoesNotContain(Key, target.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.False(Holds(file, Key), $"{file} holds the key.");
    }

    [Fact]
    public async Task Update_WithoutKey_KeepsIt_EmptyRemovesIt()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", Key), CancellationToken.None);

        Assert.True((await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("b", "http://127.0.0.1:1/v2", "m"), CancellationToken.None)).HasApiKey);
        Assert.False((await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("b", "http://127.0.0.1:1/v2", "m", ""), CancellationToken.None)).HasApiKey);
    }

    [Fact]
    public async Task Update_OtherAddressWithoutTheKey_IsRefused()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", Key), CancellationToken.None);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("a", "http://127.0.0.1:2/v1", "m"), CancellationToken.None));

        Assert.Contains("apiKey", error.Errors.Keys);
        Assert.Equal("http://127.0.0.1:1/v1", (await harness.EndpointsQueries.GetAsync(endpoint.Id, CancellationToken.None)).BaseUrl);
    }

    [Theory]
    [InlineData("localhost:11434/v1", "baseUrl")]
    [InlineData("ftp://localhost/v1", "baseUrl")]
    [InlineData("http://user:pass@localhost/v1", "baseUrl")]
    [InlineData("/etc/passwd", "baseUrl")]
    [InlineData("", "baseUrl")]
    public async Task Create_BadAddress_NamesTheField(string baseUrl, string field)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Endpoints.CreateAsync(new EndpointInput("a", baseUrl, "m"), CancellationToken.None));

        Assert.Equal((UserErrorKind.Impossible, field), (error.Kind, Assert.Single(error.Errors).Key));
    }

    [Fact]
    public async Task Create_ManyMistakes_ListsThemAll()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Endpoints.CreateAsync(
            new EndpointInput(" ", "x", null, TopLogprobs: 0, MaxConcurrency: 0, TimeoutSeconds: 0, AnswerTokens: 0, Temperature: 3, ExtraBody: new() { ["stream"] = true }), CancellationToken.None));

        Assert.Equal(["answerTokens", "baseUrl", "extraBody", "maxConcurrency", "model", "name", "temperature", "timeoutSeconds", "topLogprobs"], error.Errors.Keys.Order());
    }

    [Theory]
    [InlineData(-0.1, null, "promptTokenPrice")]
    [InlineData(null, double.NaN, "completionTokenPrice")]
    [InlineData(1e12, null, "promptTokenPrice")]
    public async Task Create_APriceThatIsNone_NamesTheField(double? prompt, double? completion, string field)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", PromptTokenPrice: prompt, CompletionTokenPrice: completion), CancellationToken.None));

        Assert.Equal(field, Assert.Single(error.Errors).Key);
    }

    [Fact]
    public async Task Update_Prices_AreKeptAndTakenOut()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", PromptTokenPrice: 0.15, CompletionTokenPrice: 0), CancellationToken.None);

        Assert.Equal((0.15, 0), (endpoint.PromptTokenPrice, endpoint.CompletionTokenPrice));
        endpoint = await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("a", "http://127.0.0.1:1/v1", "m"), CancellationToken.None);
        Assert.Equal((null, null), (endpoint.PromptTokenPrice, endpoint.CompletionTokenPrice));
    }

    [Theory]
    [InlineData("https://api.x.ai/v1", 20, "xAI is known to give 8 alternatives at most")]
    [InlineData("https://API.FIREWORKS.AI/inference/v1/", 6, "Fireworks is known to give 5 alternatives at most")]
    [InlineData("https://my-company.openai.azure.com/openai/v1", 21, "Azure OpenAI is known to give 20 alternatives at most")]
    [InlineData("https://api.x.ai/v1", 8, null)]
    [InlineData("http://localhost:9999/v1", 100, null)]
    [InlineData("https://example.org/v1", 100, null)]
    public async Task Create_WithMoreAlternativesThanTheServerGives_Warns(string baseUrl, int topLogprobs, string? words)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", baseUrl, "m", TopLogprobs: topLogprobs), CancellationToken.None);

        if (words is null)
            Assert.Empty(endpoint.Warnings);
        else
            Assert.StartsWith(words, Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("schlüssel☃")]
    public async Task Create_AKeyThatNoHeaderCanCarry_IsRefused(string key)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m", key), CancellationToken.None));

        Assert.Equal("apiKey", Assert.Single(error.Errors).Key);
    }

    [Fact]
    public async Task Get_DefaultTemperature_CanBePutBackWithoutPinningIt()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", "http://127.0.0.1:1/v1", "m"), CancellationToken.None);
        Assert.Equal((null, 1), (endpoint.Temperature, endpoint.EffectiveTemperature));

        var changed = await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("a", "http://127.0.0.1:1/v1", "m", AnswerTokens: 3, Temperature: endpoint.Temperature), CancellationToken.None);

        Assert.Equal(0, changed.EffectiveTemperature);
    }

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
