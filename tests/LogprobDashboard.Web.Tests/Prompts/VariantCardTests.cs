using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Prompts;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class VariantCardTests : BunitContext
{
    public VariantCardTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Card_AsSaved_SaysItsVersionAndHasNothingToSave()
    {
        var card = CardOf(VariantWork.Of(Screens.Plain));
        Assert.Equal("version 1, ran 2 times", card.Find(".variant-facts").TextContent);
        Assert.Equal("Saved", Button(card, "Saved").TextContent);
        Assert.True(Button(card, "Saved").IsDisabled());
    }

    [Fact]
    public void Card_TypedInto_IsUnsavedAndOffersTheNextVersion()
    {
        var work = VariantWork.Of(Screens.Strict);
        work.Type("user", "{{ text }}!");
        var card = CardOf(work);
        Assert.Equal("unsaved", card.Find(".chip.warn").TextContent);
        Assert.False(Button(card, "Save as version 4").IsDisabled());
    }

    [Fact]
    public void Card_WithAMistake_CanNeitherBeSavedNorTriedAndKeepsTheLastPreview()
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Accept(new CheckedPrompt(work.KeyFor(Screens.Subject), new PromptCheck([], [new PromptMessage("user", "Spam?\nMmm so yummy")], null, null, [])));
        work.Type("user", "{{ txt }}");
        work.Accept(new CheckedPrompt(work.KeyFor(Screens.Subject), new PromptCheck([new PromptProblem("user", 1, 4, "Unknown variable \"txt\".")], [], null, null, [])));
        var card = CardOf(work);
        Assert.True(Button(card, "Save as version 2").IsDisabled());
        Assert.True(card.Find(".variant-try button.primary").IsDisabled());
        Assert.Contains("Mmm so yummy", card.Find(".prompt-preview .messages").TextContent, StringComparison.Ordinal);
        Assert.Contains("from before the mistake", card.Find(".prompt-preview").TextContent, StringComparison.Ordinal);
        Assert.Equal("1:4", card.Find("[data-field=user] .template-box").GetAttribute("data-wrong"));
    }

    [Fact]
    public void Card_WithAnAnswerOfThesePresentWords_ShowsItsBarsAndFigures()
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Accept(new TriedPrompt(work.KeyFor(Screens.Subject), Screens.Screen().Reading, Screens.Answer, null));
        var card = CardOf(work);
        Assert.Equal("Wrong: predicted spam, the data says ham.", card.Find(".try-verdict.wrong").TextContent);
        Assert.Equal(["Yes", "No", "**"], card.FindAll(".token-bars code").Select(code => code.TextContent));
        Assert.Equal(["spam", "ham", "0.503", "0.010", "0.693", "0.010", "100.0 %", "304 ms"], card.FindAll(".try-figures dd").Select(figure => figure.TextContent.Trim()));
        Assert.Empty(card.FindAll(".stale"));
        Assert.Contains("plain: Wrong", card.Find(".try-outcome [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "The prompt has changed since this answer.")]
    [InlineData("sample", "This answer belongs to sample 5.")]
    [InlineData("labels", "The labels, their words or the endpoint have changed since this answer.")]
    public void Card_WithAnAnswerOfEarlier_SaysWhatIsDifferent(string changed, string words)
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Accept(new TriedPrompt(work.KeyFor(changed == "sample" ? new PreviewSubject("7", 5, null) : Screens.Subject), changed == "labels" ? "others" : Screens.Screen().Reading, Screens.Answer, null));
        if (changed == "text")
            work.Type("user", "{{ text }} now");
        var card = CardOf(work);
        Assert.Contains(words, card.Find(".try-stale").TextContent, StringComparison.Ordinal);
        Assert.Single(card.FindAll(".try-answer.stale"));
    }

    [Fact]
    public void Card_WithAFailedCall_SaysWhatToDo()
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Accept(new TriedPrompt(work.KeyFor(Screens.Subject), "", null, new UserErrorException(UserErrorKind.Upstream, "The endpoint gave no answer.", "Is the server running?")));
        Assert.Contains("Is the server running?", CardOf(work).Find(".variant-try [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_BehindANewerVersion_KeepsBothAndOffersTheChoice()
    {
        var actions = new List<CardAction>();
        var work = VariantWork.Of(Screens.Plain);
        work.Type("user", "mine {{ text }}");
        work.Follow(Screens.Plain with { Version = 2, User = "theirs {{ text }}" });
        var card = CardOf(work, actions);
        Assert.Equal("mine {{ text }}", work.User);
        Assert.Contains("Version 2 was saved meanwhile", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(Button(card, "Save as version 3").IsDisabled());
        Assert.Contains("panes=1.diff.v2.now", card.Find(".variant-choices a").GetAttribute("href"), StringComparison.Ordinal);
        Button(card, "Save mine as version 3").Click();
        Assert.Equal([new CardAction.Save(OnTop: true)], actions);
    }

    [Fact]
    public void Card_OfUntouchedWords_FollowsTheNewerVersion()
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Follow(Screens.Plain with { Version = 2, User = "theirs {{ text }}" });
        Assert.Equal(("theirs {{ text }}", false, false), (work.User, work.IsUnsaved, work.IsBehind));
    }

    [Fact]
    public void Work_TypedIntoWhileItIsSaved_IsUnsavedOnTopOfTheNewVersion()
    {
        var work = VariantWork.Of(Screens.Plain);
        work.Type("user", "saved {{ text }}");
        work.Type("user", "saved {{ text }} and more");
        work.Saved(Screens.Plain with { Version = 2, User = "saved {{ text }}" });
        Assert.Equal((2, true, false), (work.Base!.Version, work.IsUnsaved, work.IsBehind));
        Assert.Equal("saved {{ text }} and more", work.User);
    }

    [Fact]
    public void Card_OfANewVariant_HasANameAndNoHistory()
    {
        var actions = new List<CardAction>();
        var card = CardOf(VariantWork.OfNew("first", new FirstPrompt("", "{{ text }}")), actions);
        Assert.Equal("not saved yet", card.Find(".variant-facts").TextContent);
        Assert.Empty(card.FindAll(".segments"));
        card.Find("#new-variant-name").Input("plain");
        Assert.Equal([new CardAction.TypeName("plain")], actions);
    }

    [Fact]
    public void Card_WithoutAnEndpoint_CannotTry()
    {
        var card = CardOf(VariantWork.Of(Screens.Plain), screen: Screens.Screen(Screens.Experiment with { EndpointId = null, Model = null, Host = null }));
        Assert.True(card.Find(".variant-try button.primary").IsDisabled());
        Assert.Contains("Choose an endpoint", card.Find(".try-outcome").TextContent, StringComparison.Ordinal);
    }

    private static IElement Button(IRenderedComponent<VariantCard> card, string words) => card.FindAll("button").First(button => button.TextContent.Trim() == words);

    private IRenderedComponent<VariantCard> CardOf(VariantWork work, List<CardAction>? actions = null, PromptsScreen? screen = null) => Render<VariantCard>(parameters => parameters
        .Add(p => p.Screen, screen ?? Screens.Screen())
        .Add(p => p.State, PromptsState.Default.WithSample(257))
        .Add(p => p.Shown, ["1", "2"])
        .Add(p => p.Work, work)
        .Add(p => p.Subject, Screens.Subject)
        .Add(p => p.Ready, true)
        .Add(p => p.OnAction, action => actions?.Add(action)));
}
