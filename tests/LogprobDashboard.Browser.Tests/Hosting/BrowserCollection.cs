namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>One program and one browser for all browser tests.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<AppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
