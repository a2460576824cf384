using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Tests.Start;

public sealed class LabelsStepTests : BunitContext
{
    private static DatasetRecord Alike { get; } = StartSteps.Dataset("1", "Tickets", ("order status", 5), ("order return", 4), ("other", 3));

    private DraftContent? _changed;
    private int? _tokens;

    [Fact]
    public void Labels_OfTheData_StandWithTheirRowsAndWords_ThePositiveOneMarked()
    {
        var step = Show(StartSteps.Dataset("1", "sms", ("ham", 30), ("spam", 10)));
        Assert.Equal(["ham30 rows", "spam10 rows"], step.FindAll(".label-fixed").Select(name => name.TextContent));
        Assert.Equal(["ham", "spam"], step.FindAll("[aria-label^='Label words']").Select(words => words.GetAttribute("value")));
        Assert.Equal("spam is the positive label", step.Find("input[type=radio][checked]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Words_Typed_AreKeptAsTyped()
    {
        var step = Show(Alike);
        step.Find("[aria-label='Label words of other']").Input("rest, misc, ");
        Assert.Equal(["rest", " misc", " "], _changed!.Labels[2].Words);
        var again = Show(Alike, _ => _changed!);
        Assert.Equal("rest, misc, ", again.Find("[aria-label='Label words of other']").GetAttribute("value"));
    }

    [Fact]
    public void Alike_OneClick_WritesLetterCodes()
    {
        var step = Show(Alike);
        Assert.Contains("“order status” and “order return” both begin with “order”", step.Find(".alike").TextContent, StringComparison.Ordinal);
        Button(step, "Use letter codes").Click();
        Assert.Equal(["A", "B", "C"], _changed!.Labels.Select(label => label.Words![0]));
        var after = Show(Alike, _ => _changed!);
        Assert.Empty(after.FindAll(".alike"));
        Assert.Contains("“A: order status”", after.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Alike_MoreAnswerTokens_AsksForAsManyAsTheWordsShare()
    {
        var step = Show(Alike);
        Button(step, "Use 3 answer tokens").Click();
        Assert.Equal(3, _tokens);
    }

    [Fact]
    public void Alike_WithEnoughAnswerTokens_OffersCodesAlone()
    {
        var step = Show(Alike, answerTokens: 4);
        Assert.Contains("only along the generated path of 4 tokens", step.Find(".alike").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Use letter codes"], step.FindAll(".alike button").Select(button => button.TextContent));
    }

    [Fact]
    public void Codes_OfTwoLetters_AdviseASecondAnswerToken()
    {
        var many = StartSteps.Dataset("1", "Intents", [.. Enumerable.Range(0, 30).Select(index => ($"intent {index}", 2))]);
        var step = Show(many, Drafting.UseLetterCodes);
        Assert.Contains("two letters", step.Find(".alike").TextContent, StringComparison.Ordinal);
        Button(step, "Use two answer tokens").Click();
        Assert.Equal(2, _tokens);
    }

    [Fact]
    public void Words_OfTwoLabels_AreRefusedAtTheSecond()
    {
        var step = Show(Alike, content => Drafting.Replace(content, 1, new DraftLabel("order return", ["Order Status"])));
        var input = step.Find("[aria-label='Label words of order return']");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains("belongs to both", step.Find("#" + input.GetAttribute("aria-describedby")).TextContent, StringComparison.Ordinal);
        Assert.Empty(step.FindAll("[aria-label='Label words of other'][aria-invalid]"));
    }

    [Fact]
    public void Label_LeftOut_CanBePutBack()
    {
        var step = Show(Alike);
        step.Find("[aria-label='Leave other out']").Click();
        Assert.Equal(["order status", "order return"], _changed!.Labels.Select(label => label.Name));
        var without = Show(Alike, _ => _changed!);
        Button(without, "Put other back").Click();
        Assert.Equal(["order status", "order return", "other"], _changed!.Labels.Select(label => label.Name));
    }

    [Fact]
    public void Label_Moved_ChangesPlaces_AndTheEndsDoNotMove()
    {
        var step = Show(Alike);
        Assert.True(step.Find("[aria-label='Move order status up']").IsDisabled());
        step.Find("[aria-label='Move order status down']").Click();
        Assert.Equal(["order return", "order status", "other"], _changed!.Labels.Select(label => label.Name));
    }

    [Fact]
    public void Labels_WithoutLabelsInTheData_AreTyped()
    {
        var step = Show(StartSteps.Dataset("1", "Texts"));
        Assert.Contains("Name at least two", step.Markup, StringComparison.Ordinal);
        step.Find("#new-label").Input("urgent");
        step.Find("form").Submit();
        Assert.Equal("urgent", Assert.Single(_changed!.Labels).Name);
        var typed = Show(StartSteps.Dataset("1", "Texts"), _ => _changed!);
        typed.Find("[aria-label='Name of label 1']").Input("very urgent");
        Assert.Equal("very urgent", _changed!.Labels[0].Name);
    }

    [Fact]
    public void Positive_Chosen_IsKept()
    {
        var step = Show(Alike);
        step.Find("[aria-label='other is the positive label']").Change(true);
        Assert.Equal("other", _changed!.PositiveLabel);
    }

    private static IElement Button(IRenderedComponent<LabelsStep> step, string text) => step.FindAll("button").First(button => button.TextContent.Trim() == text);

    private IRenderedComponent<LabelsStep> Show(DatasetRecord dataset, Func<DraftContent, DraftContent>? change = null, int answerTokens = 1) => Render<LabelsStep>(parameters => parameters
        .Add(p => p.Plan, StartSteps.Plan(dataset, change, answerTokens))
        .Add(p => p.Dataset, dataset)
        .Add(p => p.OnChange, content => _changed = content)
        .Add(p => p.OnMoreTokens, tokens => _tokens = tokens));
}
