using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

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
        Assert.Contains("8 runs are shown, the most that can be told apart.", picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ScopeNote_OfAnAddressThatNamesWhatIsNotThere_SaysSo()
    {
        var asked = new CompareRequest(["1", "77"], "Klingon") { Scope = new SampleScope("lang", "xx") };
        Assert.Equal(
            ["There is no label \"Klingon\": the figures are of spam.", "The slice lang = \"xx\" is not there: all samples are shown.", "1 run that the address names is not there."],
            NoteOf(Views.View(Views.Plain, Views.Strict) with { Asked = asked }).FindAll("span").Select(span => span.TextContent));
        Assert.Empty(NoteOf(Views.View(Views.Plain, Views.Strict) with { Asked = new CompareRequest(["1"], "spam") { Scope = SampleScope.All } }).Markup.Trim());

        IRenderedComponent<ScopeNote> NoteOf(CompareView view) => Render<ScopeNote>(parameters => parameters
            .Add(p => p.View, view)
            .Add(p => p.Rows, CompareSeries.Rows(view))
            .Add(p => p.State, CompareState.Default)
            .Add(p => p.AddressOf, _ => ""));
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
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, CompareState.Default));
        Assert.Contains("No threshold reaches a precision of 0.99.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void OperatingPoint_OfARun_ShowsLogOddsAndProbabilityTogether()
    {
        var view = Views.View(Views.Plain);
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, CompareState.Default));
        Assert.Equal("plain v1 · log odds 7.08 · p 0.9992", card.Find("h3").TextContent);
        Assert.Contains("spam missed", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void OperatingPoint_OfARun_OpensTheSamplesOfEachOutcome()
    {
        var view = Views.View(Views.Plain);
        var card = Render<OperatingPointCard>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, CompareState.Default));
        Assert.Equal(ConfusionWords.Of(view, Views.Plain, Views.Plain.Chosen!).Select(cell => cell.Address), card.FindAll(".confusion-cells a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void OperatingPoint_OnAThresholdOfOnesOwn_StartsFromTheRulesAndShowsBothNumbers()
    {
        double? chosen = null;
        var view = Views.View(Views.Plain, Views.Strict);
        var card = Render<OperatingPointCard>(parameters => parameters
            .Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.State, CompareState.Default).Add(p => p.StateChanged, state => chosen = state.Threshold));
        card.Find("select").Change("Threshold");
        Assert.Equal(7.076272693541785, chosen);
        card.Render(parameters => parameters.Add(p => p.State, CompareState.Default.WithThreshold(chosen!.Value)));
        var inputs = card.FindAll("input");
        Assert.Equal("7.076272693541785", inputs[0].GetAttribute("value"));
        Assert.Equal(1 / (1 + Math.Exp(-7.076272693541785)), double.Parse(inputs[1].GetAttribute("value")!, CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void ThresholdPicker_OnAProbability_TellsItsLogOdds()
    {
        double? chosen = null;
        var picker = Render<ThresholdPicker>(parameters => parameters.Add(p => p.Threshold, 0).Add(p => p.ThresholdChanged, threshold => chosen = threshold));
        picker.FindAll("input")[1].Change("0.9");
        Assert.Equal(Math.Log(9), chosen!.Value, 1e-15);
        picker.Render(parameters => parameters.Add(p => p.Threshold, chosen.Value));
        Assert.Equal("0.9", picker.FindAll("input")[1].GetAttribute("value"));
    }

    [Theory]
    [InlineData(0, "a lot", "Log odds are a number")]
    [InlineData(1, "1", "between 0 and 1")]
    [InlineData(1, "90", "between 0 and 1")]
    public void ThresholdPicker_OnWhatIsNone_KeepsTheOneBeforeAndSaysSo(int input, string typed, string words)
    {
        double? chosen = null;
        var picker = Render<ThresholdPicker>(parameters => parameters.Add(p => p.Threshold, 2).Add(p => p.ThresholdChanged, threshold => chosen = threshold));
        picker.FindAll("input")[input].Change(typed);
        Assert.Null(chosen);
        Assert.Contains(words, picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", picker.FindAll("input")[input].GetAttribute("aria-invalid"));
    }

    [Fact]
    public void LabelsTable_OfTwoRuns_HasTheMeansFirstAndALinkForEachLabel()
    {
        var table = LabelsOf(Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.8, 0.85, 0.71));
        var rows = table.FindAll("tbody tr");
        Assert.Equal(["Macro mean", "Micro mean", "Mean by support", "de", "en", "fr"], rows.Select(row => row.QuerySelector("th")!.TextContent));
        Assert.Equal(["", "0.700", "0.800", "0.780", "0.740", "0.800", "0.800", "0.780", "0.710"], Cells(rows[0]));
        Assert.Equal(["10", "0.900", "0.727", "0.800", "0.762", "0.850", "0.727", "0.800", "0.762"], Cells(rows[3]));
        Assert.Equal(["0", .. Enumerable.Repeat("not defined", 8)], Cells(rows[5]));
        Assert.Equal(["?de", "?en", "?fr"], table.FindAll("tbody a").Select(link => link.GetAttribute("href")));
        Assert.Equal("true", table.FindAll("tbody a")[0].GetAttribute("aria-current"));
        Assert.Contains("for want of a positive or a negative sample in a run: fr.", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsTable_InEachRow_MarksTheBestAveragePrecision() =>
        Assert.Equal(["0.800", "0.810", "0.900", "0.750"], LabelsOf(Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.8, 0.85, 0.71)).FindAll("td.best").Select(cell => cell.TextContent));

    [Fact]
    public void ConfusionCard_OfSeveralLabels_LinksEveryCellThatHoldsSamples()
    {
        var view = Views.Several(Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.8, 0.85, 0.71));
        var card = Confusion(view);
        Assert.Equal(2, card.FindAll("table").Count);
        var first = card.FindAll("table")[0];
        Assert.Equal(["de", "en", "fr", "unscorable"], first.QuerySelectorAll("thead th").Select(head => head.TextContent));
        Assert.Equal(
            [.. new OutlierCell[] { new("de", "de"), new("de", "en"), new("en", "de"), new("en", "en"), new("en", Unscorable: true) }.Select(cell => CellAddress.Of(view, "1", cell))],
            first.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("2 de taken for en", first.QuerySelectorAll("a")[1].TextContent.Trim());
    }

    [Fact]
    public void ConfusionCard_OfManyLabels_ShowsOneRunAtATime()
    {
        var view = Many(13, Views.Language("1", "bare", 0.7, 0.9, 0.74), Views.Language("2", "rich", 0.8, 0.85, 0.71));
        Assert.Equal(["bare v1", "rich v1"], Confusion(view).FindAll(".segments a").Select(link => link.TextContent));
        Assert.Equal("Confusion matrix of bare v1", Confusion(view).Find(".confusion-scroll").GetAttribute("aria-label"));
        Assert.Equal("Confusion matrix of rich v1", Confusion(view, "2").Find(".confusion-scroll").GetAttribute("aria-label"));
        Assert.Equal("1 l0 taken for l1, 100.0 % of the row", Confusion(view).Find("td a").GetAttribute("aria-label"));
        Assert.Equal("Confusion matrix of bare v1", Confusion(view, "no-such").Find(".confusion-scroll").GetAttribute("aria-label"));
    }

    [Fact]
    public void ConfusionCard_OfMoreLabelsThanCanBeRead_ListsTheLargestCells()
    {
        var card = Confusion(Many(51, Views.Language("1", "bare", 0.7, 0.9, 0.74)));
        Assert.Empty(card.FindAll("table"));
        Assert.Equal("1 l0 taken for l1", card.Find(".confusion-list li").TextContent);
    }

    [Fact]
    public void ConfusionCard_WithoutAJudgedSample_IsNotThere() => Assert.Empty(Confusion(Views.View(Views.Plain)).Markup.Trim());

    [Fact]
    public void RunPicker_WithMoreRunsInTheAddressThanAreShown_SaysSo()
    {
        var view = Views.View(Enumerable.Range(1, 8).Select(id => Views.Run($"{id}", $"v{id}", 0.5)).ToArray());
        var picker = Render<RunPicker>(parameters => parameters.Add(p => p.Choices, view.Choices).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Asked, 9));
        Assert.Contains("The address names 9 runs", picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RunPicker_OfARunUnderWay_SaysHowFarItIs()
    {
        var picker = Render<RunPicker>(parameters => parameters.Add(p => p.Choices, [new("9", "ninth", "running", false, 120, 3000)]).Add(p => p.Rows, []));
        Assert.Equal("running, 120 of 3,000", picker.Find(".run-status").TextContent);
    }

    private static IEnumerable<string> Cells(IElement row) => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim());

    /// <summary>So many labels, each taken for the next in one sample.</summary>
    private static Workbench.Compare.CompareView Many(int labels, params Workbench.Compare.ComparedRun[] runs)
    {
        int[][] counts = [.. Enumerable.Range(0, labels).Select(truth => Enumerable.Range(0, labels).Select(predicted => predicted == (truth + 1) % labels ? 1 : 0).ToArray())];
        var confusion = new Workbench.Compare.RunConfusion(counts, new int[labels], 0);
        return Views.View([.. runs.Select(run => run with { Confusion = confusion })]) with { Labels = [.. Enumerable.Range(0, labels).Select(label => $"l{label}")], PositiveLabel = "l0" };
    }

    private IRenderedComponent<ConfusionCard> Confusion(Workbench.Compare.CompareView view, string? matrix = null) => Render<ConfusionCard>(parameters => parameters
        .Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.Matrix, matrix).Add(p => p.AddressOf, run => $"?{run}"));

    private IRenderedComponent<LabelsTable> LabelsOf(params Workbench.Compare.ComparedRun[] runs)
    {
        var view = Views.Several(runs);
        return Render<LabelsTable>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)).Add(p => p.AddressOf, label => $"?{label}").Add(p => p.Download, "/labels.csv"));
    }

    private IRenderedComponent<CompareTable> TableOf(params Workbench.Compare.ComparedRun[] runs)
    {
        var view = Views.View(runs);
        return Render<CompareTable>(parameters => parameters.Add(p => p.View, view).Add(p => p.Rows, CompareSeries.Rows(view)));
    }
}
