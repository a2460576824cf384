using CsCheck;
using LogprobDashboard.Web.Runs;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Runs;

public sealed class RunsStateTests
{
    private static readonly Gen<string> Id = Gen.Char["abcXYZ019-_"].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<string> Source = Gen.String[1, 20].Where(text => !text.Any(char.IsSurrogate));

    private static readonly Gen<RunsState> State = Gen.Select(Id.Array[0, 5], Id, Source.Array[0, 4], Gen.Int[-5, 5000], Gen.Long, Gen.Bool, Gen.Select(Gen.Bool, Gen.Long[-5, 1_000_000], Gen.Double), (variants, other, sources, limit, seed, cache, rest) => new RunsState
    {
        Variants = variants,
        Endpoint = rest.Item1 ? other : null,
        Sources = sources,
        Limit = limit,
        Seed = seed,
        UseCache = cache,
        MaxTokens = rest.Item2,
        MaxCost = rest.Item3,
        Before = rest.Item1 ? null : other,
    });

    [Fact]
    public void State_ThroughItsQueryAndBack_IsTheSame() => State.Sample(state => Assert.Equal(state, Read(state.ToQuery())));

    [Fact]
    public void State_OfNonsense_FallsBack() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String).Sample((variants, limit, seed, before) =>
        {
            var state = RunsState.Parse(variants, limit, null, limit, seed, before, limit, seed, before);
            Assert.Equal(state, Read(state.ToQuery()));
            Assert.True(state.UseCache || before == "off");
        });

    [Fact]
    public void State_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("", RunsState.Default.ToQuery());
        Assert.Equal("/experiments/7/runs", RunsState.Parse("", null, [], "0", "0", "on", "0", "-2", null).AddressOf("7"));
        Assert.Equal("?variants=1,2&source=a%26b&limit=50&seed=-3&cache=off", new RunsState { Variants = ["1", "2"], Sources = ["a&b"], Limit = 50, Seed = -3, UseCache = false }.ToQuery());
    }

    [Fact]
    public void State_WithABudget_SaysItAndCostsTheSame()
    {
        var state = new RunsState { MaxTokens = 100_000, MaxCost = 2.5 };
        Assert.Equal("?maxTokens=100000&maxCost=2.5", state.ToQuery());
        Assert.Equal((100_000L, 2.5), (state.ToInput().MaxTokens, state.ToInput().MaxCost));
        Assert.True(state.CostsLike(RunsState.Default));
        Assert.False(state.CostsLike(state with { Limit = 5 }));
    }

    [Fact]
    public void State_WithWhatIsGone_StartsWhatIsThere()
    {
        var screen = Examples.Screen();
        var tidy = screen.Tidy(new RunsState { Variants = ["2", "99"], Sources = ["fax"], Endpoint = "1" });
        Assert.Equal(new RunsState { Variants = ["2"] }, tidy);
        Assert.Equal(["2"], tidy.ToInput().VariantIds!);
        Assert.Null(tidy.ToInput().Sources);
    }

    private static RunsState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return RunsState.Parse(Value("variants"), Value("endpoint"), values.TryGetValue("source", out var sources) ? sources.OfType<string>() : null, Value("limit"), Value("seed"), Value("cache"), Value("maxTokens"), Value("maxCost"), Value("before"));

        string? Value(string name) => values.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
