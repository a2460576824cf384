namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>Tests of what a whole process shares: meters of the same name count as one, so another product that ends in this process silences those that go on.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
