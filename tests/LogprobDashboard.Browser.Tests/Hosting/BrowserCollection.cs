namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>One program with the demo, one without, and one browser for all browser tests.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<AppHost>, ICollectionFixture<EmptyAppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
