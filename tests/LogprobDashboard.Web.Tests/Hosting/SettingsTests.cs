using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace LogprobDashboard.Web.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LocalFile_InTheDataDirectory_TakesEffect() => Assert.Equal("123", Settings("""{"LogprobDashboard":{"MaxUploadBytes":123}}""")["LogprobDashboard:MaxUploadBytes"]);

    [Fact]
    public void CommandLine_IsStrongerThanTheLocalFile() =>
        Assert.Equal("456", Settings("""{"LogprobDashboard":{"MaxUploadBytes":123}}""", "--LogprobDashboard:MaxUploadBytes=456")["LogprobDashboard:MaxUploadBytes"]);

    [Fact]
    public void Environment_IsStrongerThanTheLocalFile()
    {
        Environment.SetEnvironmentVariable("LogprobDashboard__TestOnly", "from the environment");
        try
        {
            Assert.Equal("from the environment", Settings("""{"LogprobDashboard":{"TestOnly":"from the file"}}""")["LogprobDashboard:TestOnly"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LogprobDashboard__TestOnly", null);
        }
    }

    [Fact]
    public void Urls_NotGiven_AreLoopbackOnly() => Assert.Equal(SettingsFiles.DefaultUrl, Settings("{}")["urls"]);

    [Fact]
    public void Urls_OfTheLocalFile_AreKept() => Assert.Equal("http://127.0.0.1:7777", Settings("""{"Urls":"http://127.0.0.1:7777"}""")["urls"]);

    [Fact]
    public void Template_NamesEverySettingWithItsDefault()
    {
        var template = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.TopLevel, "appsettings.template.json")).Build();
        var options = new Workbench.WorkbenchOptions();
        Assert.Equal(SettingsFiles.DefaultUrl, template["Urls"]);
        foreach (var property in typeof(Workbench.WorkbenchOptions).GetProperties().Where(property => property.CanWrite))
            Assert.Equal(Convert.ToString(property.GetValue(options), System.Globalization.CultureInfo.InvariantCulture), template[$"LogprobDashboard:{property.Name}"]);
    }

    /// <summary>It would be stronger than ASPNETCORE_URLS.</summary>
    [Fact]
    public void LaunchSettings_SetNoAddress() =>
        Assert.DoesNotContain("applicationUrl", File.ReadAllText(Path.Combine(Repository.TopLevel, "src", "LogprobDashboard.Web", "Properties", "launchSettings.json")), StringComparison.OrdinalIgnoreCase);

    private ConfigurationManager Settings(string localFile, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(_directory.Path, SettingsFiles.LocalFile), localFile);
        var builder = WebApplication.CreateBuilder([$"--LogprobDashboard:DataDirectory={_directory.Path}", .. arguments]);
        SettingsFiles.AddTo(builder);
        Assert.Equal(_directory.Path, builder.Configuration["LogprobDashboard:DataDirectory"]);
        return builder.Configuration;
    }
}
