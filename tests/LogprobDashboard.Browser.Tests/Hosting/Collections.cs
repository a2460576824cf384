namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>Tests of the way to a result: one program with the demo and one browser for them all, beside those of <see cref="ResultsCollection"/>.</summary>
[CollectionDefinition(Name)]
public sealed class WorkCollection : ICollectionFixture<AppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "work";
}

/// <summary>Tests of what results look like: they run at the same time as those of <see cref="WorkCollection"/>, so they have a program and a browser of their own.</summary>
[CollectionDefinition(Name)]
public sealed class ResultsCollection : ICollectionFixture<AppHost>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "results";
}
