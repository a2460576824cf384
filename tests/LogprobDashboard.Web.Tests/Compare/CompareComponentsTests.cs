using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Compare;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class CompareComponentsTests : BunitContext
{
    [Fact]
    public void RunPicker_Unchecked_LeavesTheRunOut()
    {
        IReadOnlyList<string>? chosen = null;
        var view = Views.View(Views.Plain, Views.Strict);
        var picker = Render<RunPicker>(parameters => parameters
            .Add(p => p.Choices, view.Choices)
            .Add(p => p.Rows, CompareSeries.Rows(view))
            .Add(p => p.SelectedChanged, runs => chosen = runs));
        picker.FindAll("input")[1].Change(false);
        Assert.Equal(["1"], chosen);
    }

    [Fact]
    public void RunPicker_WithOneRunLeft_DoesNotLetItGo()
    {
        var view = Views.View(Views.Plain);
        var picker = Render<RunPicker>(parameters => parameters.Add(p => p.Choices, view.Choices).Add(p => p.Rows, CompareSeries.Rows(view)));
        Assert.True(picker.Find("input").IsDisabled());
    }

    [Fact]
    public void RunPicker_WithEightRuns_TakesNoNinth()
    {
        var runs = Enumerable.Range(1, 8).Select(id => Views.Run($"{id}", $"v{id}", 0.5)).ToArray();
        var view = Views.View(runs);
        var picker = Render<RunPicker>(parameters => parameters
            .Add(p => p.Choices, [.. view.Choices, new("9", "ninth", "running", false)])
            .Add(p => p.Rows, CompareSeries.Rows(view)));
        Assert.True(picker.FindAll("input")[8].IsDisabled());
        Assert.Contains("running", picker.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void RulePicker_OnAnotherRule_ComesWithItsUsualNumber()
    {
        CompareRule? chosen = null;
        var picker = Render<RulePicker>(parameters => parameters.Add(p => p.Rule, CompareRule.Default).Add(p => p.RuleChanged, rule => chosen = rule));
        Assert.Empty(picker.FindAll("input"));
        picker.Find("select").Change("Precision");
        Assert.Equal("precision:0.95", chosen?.ToString());
    }

    [Fact]
    public void RulePicker_OnANumberThatDoesNotFit_KeepsTheRuleAndSaysSo()
    {
        CompareRule? chosen = null;
        var picker = Render<RulePicker>(parameters => parameters.Add(p => p.Rule, CompareRule.Parse("precision:0.95")).Add(p => p.RuleChanged, rule => chosen = rule));
        picker.Find("input").Change("95");
        Assert.Null(chosen);
        Assert.Contains("does not fit", picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RulePicker_OnTheSecondCost_KeepsTheFirst()
    {
        CompareRule? chosen = null;
        var picker = Render<RulePicker>(parameters => parameters.Add(p => p.Rule, CompareRule.Parse("cost:1,5")).Add(p => p.RuleChanged, rule => chosen = rule));
        picker.FindAll("input")[1].Change("7.5");
        Assert.Equal("cost:1,7.5", chosen?.ToString());
    }

    [Fact]
    public void Table_OfTwoRuns_ShowsThreeDecimalsAndTheExactFigureOnHover()
    {
        var table = TableOf(Views.Plain, Views.Strict with { Censored = 3, AveragePrecisionBoundLow = 0.741, AveragePrecisionBoundHigh = 0.748 });
        var cell = table.FindAll("tbody tr")[0].QuerySelectorAll("td")[0];
        Assert.Equal("0.929", cell.TextContent.Trim());
        Assert.Equal("0.9289558836877875", cell.GetAttribute("title"));
        Assert.Contains("0.741 – 0.748 by censoring", table.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfAnUndefinedFigure_SaysNotDefined() =>
        Assert.Equal("not defined", TableOf(Views.Run("1", "a", null)).Find("tbody td").TextContent.Trim());

    [Fact]
    public void OperatingPoint_OfARuleThatNothingSatisfies_SaysWhy()
    {
        var view = Views.View(Views.Plain with { Chosen = null, RuleProblem = "No threshold reaches a precision of 0.99." });
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Rule, CompareRule.Default));
        Assert.Contains("No threshold reaches a precision of 0.99.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void OperatingPoint_OfARun_ShowsLogOddsAndProbabilityTogether()
    {
        var view = Views.View(Views.Plain);
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Rule, CompareRule.Default));
        Assert.Equal("plain v1 · log odds 7.08 · p 0.9992", card.Find("h3").TextContent);
        Assert.Contains("spam missed", card.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<CompareTable> TableOf(params Workbench.Compare.ComparedRun[] runs)
    {
        var view = Views.View(runs);
        return Render<CompareTable>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)));
    }
}
