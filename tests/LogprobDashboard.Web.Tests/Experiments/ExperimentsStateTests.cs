using CsCheck;
using LogprobDashboard.Web.Experiments;
using LogprobDashboard.Workbench.Experiments;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Experiments;

public sealed class ExperimentsStateTests
{
    private static readonly Gen<ExperimentsState> State = Gen.Select(Gen.String, Gen.Enum<ExperimentSort>(), Gen.Int[-3, 500], (search, sort, page) =>
        new ExperimentsState(search.Any(char.IsSurrogate) ? null : search, sort, page));

    [Fact]
    public void ExperimentsState_ThroughItsQueryAndBack_IsTheSame() => State.Sample(state => Assert.Equal(state, Read(state.ToQuery())));

    [Fact]
    public void ExperimentsState_OfNonsense_FallsBack() =>
        Gen.Select(Gen.String, Gen.String).Sample((sort, page) =>
        {
            var state = ExperimentsState.Parse(null, sort, page);
            Assert.Equal(state, Read(state.ToQuery()));
        });

    [Fact]
    public void ExperimentsState_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("/", ExperimentsState.Default.Address);
        Assert.Equal("/?q=a%20b&sort=best", ExperimentsState.Default.WithPage(4).WithSearch("a b").WithSort(ExperimentSort.Best).Address);
        Assert.Equal("/?sort=run&page=2", ExperimentsState.Parse(" ", "run", "2").Address);
    }

    private static ExperimentsState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return ExperimentsState.Parse(Value("q"), Value("sort"), Value("page"));

        string? Value(string name) => values.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
