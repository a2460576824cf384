using CsCheck;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Start;

public sealed class StartStateTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => (string?)(text.Any(char.IsSurrogate) ? "x" : text)));

    private static readonly Gen<StartState> State = Gen.Select(Gen.OneOfConst("data", "labels", "prompt", ""), Gen.OneOfConst(null, "", "12", "a/b"), Text, Gen.Int[-1, 40], Gen.Int[-1, 4000], (step, dataset, search, page, sample) =>
        StartState.Parse(step, dataset, search, FormattableString.Invariant($"{page}"), FormattableString.Invariant($"{sample}")));

    [Fact]
    public void StartState_ThroughItsQueryAndBack_IsTheSame() => State.Sample(state => Assert.Equal(state, Read(state.ToQuery())));

    [Fact]
    public void StartState_OfNonsense_FallsBack() =>
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((step, page, sample) =>
        {
            var state = StartState.Parse(step, step, null, page, sample);
            Assert.Equal(state, Read(state.ToQuery()));
        });

    [Fact]
    public void StartState_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("/experiments/new", StartState.Default.AddressOf(null));
        Assert.Equal("/experiments/new/7?step=labels", StartState.Default.WithSample(4).At(DraftStep.Labels).AddressOf("7"));
        Assert.Equal("/experiments/new/7?q=a%20b", StartState.Default.WithPage(3).WithSearch("a b").AddressOf("7"));
    }

    private static StartState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return StartState.Parse(Value("step"), Value("dataset"), Value("q"), Value("page"), Value("sample"));

        string? Value(string name) => values.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
