using CsCheck;
using LogprobDashboard.Web.Prompts;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class PromptsStateTests
{
    private static readonly Gen<string> Id = Gen.Char["abcXYZ019-_"].Array[1, 12].Select(letters => new string(letters));

    private static readonly Gen<string> Words = Gen.String.Select(text => new string([.. text.Where(letter => !char.IsSurrogate(letter))]));

    private static readonly Gen<DiffSide> Side = Gen.OneOf(Gen.Const(DiffSide.Now), Gen.Int[1, 99].Select(DiffSide.OfVersion), Id.Select(DiffSide.OfVariant));

    private static readonly Gen<PromptPane> Pane = Gen.Select(Id, Gen.Enum<PaneKind>(), Side, Side, Gen.Bool, (id, kind, from, to, chosen) =>
        kind == PaneKind.Diff && chosen ? new PromptPane(id, kind, from, to) : new PromptPane(id, kind));

    private static readonly Gen<PromptsState> State = Gen.Select(Id.Array[0, 12], Gen.Int[0, 100_000], Words, Gen.Select(Gen.Bool, Words), Gen.Bool, Pane.Array[0, 5], (variants, sample, label, own, invisible, panes) =>
    {
        var state = PromptsState.Default.WithVariants(variants).WithSample(sample).WithLabel(label).WithInvisible(invisible);
        state = own.Item1 ? state.WithText(own.Item2) : state;
        return panes.Aggregate(state, (shown, pane) => shown.WithPane(pane));
    });

    [Fact]
    public void PromptsState_ThroughItsQueryAndBack_IsTheSame() =>
        State.Sample(state => Assert.Equal(state, Read(state.ToQuery())));

    [Fact]
    public void PromptsState_OfNonsense_FallsBack() =>
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((variants, sample, panes) =>
        {
            var state = PromptsState.Parse(variants, sample, null, sample, null, panes, panes);
            Assert.Equal(state, Read(state.ToQuery()));
        });

    [Fact]
    public void PromptsState_AtItsDefaults_LeavesThemOut()
    {
        Assert.Equal("", PromptsState.Default.ToQuery());
        Assert.Equal("/experiments/e%2F1/prompts", PromptsState.Default.AddressOf("e/1"));
        Assert.Equal("?variants=3,new&sample=12&panes=3.diff.v2.now", PromptsState.Parse("3,new,<b>", "12", "", "0", null, "0", "3.diff.v2.now,4.edit,5.diff.x.y.z").ToQuery());
    }

    [Theory]
    [InlineData("-3")]
    [InlineData("1e3")]
    [InlineData("99999999999")]
    [InlineData(null)]
    public void PromptsState_OfASampleThatIsNoIndex_ShowsTheFirst(string? sample) =>
        Assert.Equal(0, PromptsState.Parse(null, sample, null, null, null, null, null).Sample);

    [Fact]
    public void PromptsState_WithATextTooLongForAnAddress_LeavesItToTheBrowser()
    {
        var state = PromptsState.Default.WithText(new string('x', 4001));
        Assert.Equal((true, null, "?own=1"), (state.Own, state.Text, state.ToQuery()));
        Assert.Equal("?text=a%20%26%20b", PromptsState.Default.WithText("a & b").ToQuery());
    }

    [Fact]
    public void PromptsState_WithAPaneBackAtTheEditor_ForgetsIt() =>
        Assert.Equal(PromptsState.Default, PromptsState.Default.WithPane(new PromptPane("3", PaneKind.Diff)).WithPane(new PromptPane("3", PaneKind.Edit)));

    private static PromptsState Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return PromptsState.Parse(Value("variants"), Value("sample"), Value("label"), Value("own"), Value("text"), Value("invisible"), Value("panes"));

        string? Value(string name) => values.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
