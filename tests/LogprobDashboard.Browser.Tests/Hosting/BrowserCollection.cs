namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>One program with the demo, one without, and one browser for all tests of the collection. The two collections run beside each other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<AppHost>, ICollectionFixture<EmptyAppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

/// <inheritdoc cref="BrowserCollection"/>
[CollectionDefinition(Name)]
public sealed class SecondBrowserCollection : ICollectionFixture<AppHost>, ICollectionFixture<EmptyAppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser, second";
}
