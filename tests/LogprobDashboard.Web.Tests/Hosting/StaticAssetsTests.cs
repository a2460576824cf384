using System.Text.RegularExpressions;
using LogprobDashboard.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>Every file that a page names is served, and not empty: in Development, in Production and from published output.</summary>
public sealed partial class StaticAssetsTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Assets_OfTheRunningProgram_AreServedWithABody(string environment)
    {
        using var directory = new TemporaryDirectory();
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment(environment)
            .UseSetting("LogprobDashboard:DataDirectory", directory.Path)
            .UseSetting("LogprobDashboard:CreateDemoExperiment", "false"));
        using var client = factory.CreateClient();
        await AssertServedAsync(client);
    }

    [Fact]
    public async Task Assets_OfPublishedOutput_AreServedWithABody()
    {
        using var directory = new TemporaryDirectory();
        await PublishedApp.PublishAsync(directory.Path);
        await using var app = await PublishedApp.StartAsync(directory.Path);
        using var client = new HttpClient { BaseAddress = app.Address };
        await AssertServedAsync(client);
        AssertSamplesBeside(Path.Combine(directory.Path, PublishedApp.OutputFolder));
    }

    [Fact]
    public void Samples_StandBesideTheProgram() => AssertSamplesBeside(AppContext.BaseDirectory);

    private static void AssertSamplesBeside(string folder)
    {
        var source = Path.Combine(PublishedApp.RepositoryRoot(), "wwwroot-assets", "samples");
        var expected = Directory.Exists(source) ? Directory.GetFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file)) : [];
        Assert.All(expected, file => Assert.True(new FileInfo(Path.Combine(folder, "samples", file)) is { Exists: true, Length: > 0 }, file));
    }

    private static async Task AssertServedAsync(HttpClient client)
    {
        var page = await client.GetStringAsync(new Uri("/not-found", UriKind.Relative));
        var assets = AssetAddress().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Contains(assets, asset => asset.Contains("lib/apexcharts/apexcharts.esm.", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.Contains("css/tokens.", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.Contains("blazor.web.", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.Contains("img/favicon.", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            using var response = await client.GetAsync(new Uri(asset, UriKind.Relative));
            var body = await response.Content.ReadAsByteArrayAsync();
            Assert.True(response.IsSuccessStatusCode && body.Length > 0, $"{asset}: {(int)response.StatusCode}, {body.Length} bytes");
        }
    }

    [GeneratedRegex("""["'](\.?/?[\w./-]+\.(?:css|js|svg))["']""")]
    private static partial Regex AssetAddress();
}
