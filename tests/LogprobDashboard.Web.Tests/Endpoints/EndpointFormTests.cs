using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.DemoModel;
using LogprobDashboard.Web.Endpoints;
using LogprobDashboard.Web.Tests.Runs;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Endpoints;

public sealed class EndpointFormTests : BunitContext
{
    private const string Key = "sk-very-secret-value-0123456789";

    private static readonly EndpointProbe Probe = new(true, true, 5, "served", 812.4, false, false, null, ["20 alternatives were asked for and 5 came."], new DateTimeOffset(2026, 11, 24, 3, 10, 0, TimeSpan.Zero))
    {
        AskedTopLogprobs = 20,
        FirstToken = "Yes",
        FirstPosition = FirstPosition.Answer,
        Spread = 0.03125,
        TokenLimitHonoured = true,
        Calls = 3,
        FirstTokens = [new TopToken("Yes", -0.2, "Yes")],
    };

    private EndpointInput? _saved;

    [Fact]
    public void Form_FromAPreset_IsFilledWithWhatIsKnown()
    {
        var form = Form(EndpointPresets.Find("together"));
        Assert.Equal(("Together", "https://api.together.xyz/v1", "20"), (Value(form, "endpoint-name"), Value(form, "endpoint-url"), Value(form, "endpoint-top")));
        Assert.Contains("\"logprobs\": 20", form.Find("#endpoint-extra").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal("true", form.Find(".segments a.current").GetAttribute("aria-current"));
        form.Find("#endpoint-model").Change("llama");
        form.Find("#endpoint-key").Change(Key);
        form.Find("form").Submit();
        Assert.Equal(("Together", "llama", Key, 16), (_saved?.Name, _saved?.Model, _saved?.ApiKey, _saved?.MaxConcurrency));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"logprobs":20,"top_logprobs":null}"""), _saved?.ExtraBody));
    }

    [Fact]
    public void Form_OnAnotherPreset_KeepsTheNameAndTheKeyThatWereTyped()
    {
        var form = Form(EndpointPresets.Find("openai"));
        form.Find("#endpoint-name").Change("mine");
        form.Find("#endpoint-key").Change(Key);
        form.Render(parameters => parameters.Add(p => p.Preset, EndpointPresets.Find("deepseek")));
        Assert.Equal(("mine", "https://api.deepseek.com/v1"), (Value(form, "endpoint-name"), Value(form, "endpoint-url")));
        form.Find("form").Submit();
        Assert.Equal(Key, _saved?.ApiKey);
    }

    [Fact]
    public void Form_KeyTyped_IsNowhereInTheMarkup()
    {
        var form = Form(EndpointPresets.Find("openai"));
        form.Find("#endpoint-key").Change(Key);
        form.Render(parameters => parameters.Add(p => p.Problem, UserErrorException.Field("model", "No.", "Name it.")));
        Assert.DoesNotContain(Key, form.Markup, StringComparison.Ordinal);
        Assert.Null(form.Find("#endpoint-key").GetAttribute("value"));
        Assert.Equal("password", form.Find("#endpoint-key").GetAttribute("type"));
    }

    [Fact]
    public void Form_OfAStoredKey_KeepsReplacesOrRemovesIt()
    {
        var form = Form(null, Examples.Endpoint("3", "a", hasKey: true));
        Assert.Equal(["A key is stored: keep it", "Replace it", "From an environment variable", "Remove it"], form.FindAll(".key-options label").Select(label => label.TextContent));
        form.Find("form").Submit();
        Assert.Null(_saved!.ApiKey);
        form.FindAll(".key-options input")[3].Change(true);
        form.Find("form").Submit();
        Assert.Equal("", _saved.ApiKey);
        form.FindAll(".key-options input")[1].Change(true);
        _saved = null;
        form.Find("form").Submit();
        Assert.Null(_saved);
        Assert.Contains("Enter the key", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_OfAVariable_NamesItAndSendsNoKey()
    {
        var form = Form(null, Examples.Endpoint("3", "a", variable: "MY_KEY"));
        Assert.Equal("MY_KEY", Value(form, "endpoint-variable"));
        form.Find("form").Submit();
        Assert.Equal((null, "MY_KEY"), (_saved?.ApiKey, _saved?.ApiKeyVariable));
    }

    [Fact]
    public void Form_Refused_SaysItAtTheFieldsAndLosesNothing()
    {
        var form = Form(EndpointPresets.Find("ollama"));
        form.Find("#endpoint-url").Change("nope");
        var errors = new Dictionary<string, string[]> { ["baseUrl"] = ["Give an absolute address."], ["requestsPerMinute"] = ["requestsPerMinute must be from 1 to 10."] };
        form.Render(parameters => parameters.Add(p => p.Problem, new UserErrorException(UserErrorKind.Impossible, "Not like this.", "…", errors)));
        var url = form.Find("#endpoint-url");
        Assert.Equal(("nope", "true"), (url.GetAttribute("value"), url.GetAttribute("aria-invalid")));
        Assert.Equal("Give an absolute address.", form.Find("#endpoint-url-error").TextContent);
        Assert.Equal("It must be from 1 to 10.", form.Find("#endpoint-rpm-error").TextContent);
        Assert.NotNull(form.Find("details.advanced").GetAttribute("open"));
        Assert.Equal("2 fields above need a change.", form.Find("[role=alert]").TextContent);
    }

    [Theory]
    [InlineData("#endpoint-extra", """{"a": }""", "This is no JSON: look at line 1, character 7.")]
    [InlineData("#endpoint-extra", "[1]", "Give one JSON object")]
    [InlineData("#endpoint-concurrency", "many", "\"many\" is no whole number.")]
    [InlineData("#endpoint-temperature", "0,5", "\"0,5\" is no number")]
    public void Form_ATextThatIsNone_IsToldInPlaceAndNotSaved(string field, string text, string words)
    {
        var form = Form(EndpointPresets.Find("ollama"));
        form.Find(field).Change(text);
        form.Find("form").Submit();
        Assert.Null(_saved);
        Assert.Contains(words, form.Find(field + "-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(text, form.Find(field).GetAttribute("value"));
    }

    [Fact]
    public void Form_Tested_ShowsTheTokens()
    {
        var test = new EndpointTest(true, "m", "localhost", "m", true, 20, 2, [new TopToken("Yes", -0.2, "Yes"), new TopToken(" No", -1.7, "No")], "Yes", 40, 812.4, null, null, ["Know this."]);
        var form = Render<EndpointForm>(parameters => parameters.Add(p => p.Preset, EndpointPresets.Find("ollama")).Add(p => p.Test, test));
        Assert.Equal("m answered in 812 ms with log probs: 2 alternatives.", form.Find(".test-headline").TextContent.Trim());
        Assert.Equal(["Yes", "␣No"], form.FindAll(".token-bars th code").Select(code => code.TextContent));
        Assert.Contains("Know this.", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void TestResult_OfAFailure_SaysWhatToDo()
    {
        var test = new EndpointTest(false, "m", "localhost:9", null, false, 20, 0, [], null, null, 3, FailureKind.Unreachable, "localhost:9 cannot be reached. Check that the server runs.", []);
        var result = Render<TestResult>(parameters => parameters.Add(p => p.Test, test));
        Assert.Equal("The call to localhost:9 failed.", result.Find(".test-headline").TextContent.Trim());
        Assert.Contains("Check that the server runs.", result.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_OfAnEndpoint_NamesItsKeyButNeverShowsIt()
    {
        var card = Render<EndpointCard>(parameters => parameters.Add(p => p.Item, new EndpointOverview(Examples.Endpoint("3", "a", hasKey: true), [new EndpointUse("7", "SMS spam")], 1)));
        Assert.StartsWith("a key is stored · 20 top log probs · 4 calls at once", card.Find(".endpoint-facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("/experiments/7/runs", card.Find(".endpoint-uses a").GetAttribute("href"));
        Assert.Contains("1 run under way", card.Markup, StringComparison.Ordinal);
        Assert.Equal("/endpoints?edit=3", card.Find("a[aria-label='Change a']").GetAttribute("href"));
    }

    [Fact]
    public void Card_NeverProbed_SaysSo()
    {
        var card = Card(Examples.Endpoint("3", "a"));
        Assert.Equal("not probed", card.Find(".endpoint-probe summary").TextContent);
        card.Find(".endpoint-probe summary").Click();
        Assert.Contains("A run on an endpoint that was never probed probes it first.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_Probed_ShowsWhatWasFound()
    {
        var card = Card(Examples.Endpoint("3", "a") with { Probe = Probe, PromptTokenPrice = 0.15 });
        Assert.Equal("probed 24 Nov 2026, 03:10 UTC: fine", card.Find(".endpoint-probe summary").TextContent);
        Assert.Empty(card.FindAll(".findings"));
        card.Find(".endpoint-probe summary").Click();
        Assert.True(card.Find(".endpoint-probe").HasAttribute("open"));
        Assert.Equal(
            ["Log probs: yes", "Alternatives: 5 came, 20 asked for", "Scaled by the temperature: no", "The same call twice: up to 0.0312 apart", "The answer begins with: the answer", "Limit on tokens: kept", "Latency: 812 ms, median of 3 calls", "Model that answered: served"],
            card.FindAll(".findings > div").Select(row => $"{row.QuerySelector("dt")!.TextContent}: {row.QuerySelector("dd")!.TextContent}"));
        Assert.Equal(["20 alternatives were asked for and 5 came."], card.FindAll(".test-result li").Select(item => item.TextContent));
        Assert.Contains("0.15 / ? a million tokens", card.Find(".endpoint-facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_ProbedJustNow_IsOpenAndTold()
    {
        var asked = false;
        var fresh = Probe with { Ok = false, Logprobs = false, Problem = "It leaves them out.", Advice = [] };
        var card = Render<EndpointCard>(parameters => parameters.Add(p => p.Item, new EndpointOverview(Examples.Endpoint("3", "a") with { Probe = Probe }, [], 0)).Add(p => p.FreshProbe, fresh).Add(p => p.OnProbe, () => asked = true));
        Assert.True(card.Find(".endpoint-probe").HasAttribute("open"));
        Assert.Equal("probed 24 Nov 2026, 03:10 UTC: cannot serve", card.Find(".endpoint-probe summary").TextContent);
        Assert.Equal("It cannot serve like this.", card.Find("[role=status] .visually-hidden").TextContent);
        card.Find(".endpoint-probe summary").Click();
        Assert.False(card.Find(".endpoint-probe").HasAttribute("open"));
        card.Find("button[aria-label='Probe a']").Click();
        Assert.True(asked);
    }

    [Fact]
    public void Card_ThatCouldNotBeProbed_DoesNotSayThatItCannotServe()
    {
        var card = Render<ProbeResult>(parameters => parameters.Add(p => p.Probe, new EndpointProbe(false, null, null, null, null, null, null, "HTTP 429. Fewer requests.", [], Probe.ProbedAt) { Kind = FailureKind.RateLimited, Passing = true }));
        Assert.Contains("could not be probed just now", card.Find(".test-headline").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll(".findings"));
    }

    [Fact]
    public void Form_Prices_AreSavedAndShownAgain()
    {
        var form = Form(null, Examples.Endpoint("3", "a") with { PromptTokenPrice = 0.15 });
        Assert.Equal("0.15", Value(form, "endpoint-prompt-price"));
        form.Find("#endpoint-completion-price").Change("0.6");
        form.Find("form").Submit();
        Assert.Equal((0.15, 0.6), (_saved?.PromptTokenPrice, _saved?.CompletionTokenPrice));
        form.Find("#endpoint-prompt-price").Change("cheap");
        form.Find("form").Submit();
        Assert.Contains("\"cheap\" is no number", form.Find("#endpoint-prompt-price-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_MoreAlternativesThanTheServerGives_IsWarnedOfAndSaved()
    {
        var form = Form(EndpointPresets.Find("xai"));
        Assert.Equal("8", Value(form, "endpoint-top"));
        Assert.Empty(form.FindAll(".form-warning"));
        form.Find("#endpoint-top").Change("20");
        form.Find("#endpoint-model").Change("grok-3");
        form.Find("#endpoint-key").Change(Key);
        Assert.StartsWith("xAI is known to give 8 alternatives at most, and 20 are asked for", form.Find("#endpoint-top-warning").TextContent, StringComparison.Ordinal);
        Assert.Contains("endpoint-top-warning", form.Find("#endpoint-top").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        form.Find("form").Submit();
        Assert.Equal(20, _saved?.TopLogprobs);
    }

    [Fact]
    public void Form_Probed_AsksWithWhatIsTyped()
    {
        EndpointInput? probed = null;
        var form = Render<EndpointForm>(parameters => parameters.Add(p => p.Preset, EndpointPresets.Find("ollama")).Add(p => p.OnProbe, input => probed = input).Add(p => p.Probe, Probe));
        form.Find("#endpoint-model").Change("m");
        form.FindAll("button").Single(button => button.TextContent == "Probe without saving").Click();
        Assert.Equal("m", probed?.Model);
        Assert.Contains("Runs can be made with it", form.Find(".test-headline").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "/endpoints")]
    [InlineData("3", "openai", "/endpoints?edit=3")]
    [InlineData("<b>", null, "/endpoints")]
    [InlineData(null, "openai", "/endpoints?new=openai")]
    [InlineData(null, "nonsense", "/endpoints?new=other")]
    public void State_Read_IsTheFormOrTheDefault(string? edit, string? @new, string address)
    {
        var state = EndpointsState.Parse(edit, @new);
        Assert.Equal(address, state.Address());
        Assert.Equal(state, EndpointsState.Parse(state.Edit, state.New));
    }

    [Fact]
    public void DemoPreset_IsTheServerInsideTheProgram()
    {
        var preset = EndpointPresets.Find("demo")!;
        Assert.Equal((DemoModelEndpoints.BasePath, DemoChatCompletions.ModelName), (preset.BaseUrl, preset.Model));
    }

    private IRenderedComponent<EndpointCard> Card(EndpointRecord endpoint) => Render<EndpointCard>(parameters => parameters.Add(p => p.Item, new EndpointOverview(endpoint, [], 0)));

    private static string? Value(IRenderedComponent<EndpointForm> form, string id) => form.Find("#" + id).GetAttribute("value");

    private IRenderedComponent<EndpointForm> Form(EndpointPreset? preset, EndpointRecord? stored = null) =>
        Render<EndpointForm>(parameters => parameters.Add(p => p.Preset, preset).Add(p => p.Stored, stored).Add(p => p.OnSave, input => _saved = input));
}
