using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The query of the list: the names are those of the page's address.</summary>
internal sealed record OutliersQuery(
    [property: FromQuery(Name = "runs"), Description("Ids with commas; as the compare page chooses if left out.")] string? Runs,
    [property: FromQuery(Name = "by"), Description("entropy, margin, coverage or loss.")] string? By,
    [property: FromQuery(Name = "cut"), Description("Share on the ordinary side, 0 to 1: 0.95 lists the strangest 5 %; 0 is no cut, and the default where a cell is asked for.")] string? Cut,
    [property: FromQuery(Name = "show"), Description("all, both (beyond the cut of every run) or disagree.")] string? Show,
    [property: FromQuery(Name = "label"), Description("True label.")] string? Label,
    [property: FromQuery(Name = "predicted"), Description("Label predicted by the first run.")] string? Predicted,
    [property: FromQuery(Name = "status"), Description("unscorable: what the first run could not score.")] string? Status,
    [property: FromQuery(Name = "positive"), Description("With threshold and outcome; the experiment's positive label if left out.")] string? Positive,
    [property: FromQuery(Name = "threshold"), Description("Log odds.")] string? Threshold,
    [property: FromQuery(Name = "rule"), Description("What chooses the first run's threshold, as the compare page has it; in the place of a threshold.")] string? Rule,
    [property: FromQuery(Name = "judging"), Description("With a rule: the samples that are judged, same, holdout or folds.")] string? Judging,
    [property: FromQuery(Name = "holdout"), Description("The share that is held out to judge on, above 0 and below 1; 0.5 if left out.")] string? Holdout,
    [property: FromQuery(Name = "seed"), Description("Of the folds and the holdout; 0 if left out.")] long? Seed,
    [property: FromQuery(Name = "outcome"), Description("caught, missed, flagged, passed, unscorablePositive or unscorableNegative, at the threshold, by the first run.")] string? Outcome,
    [property: FromQuery(Name = "column"), Description("The column that slice is a value of; the source's if left out.")] string? Column,
    [property: FromQuery(Name = "slice"), Description("Only samples of this value of the column, or of this bin.")] string? Slice,
    [property: FromQuery(Name = "abstain"), Description("Without scored samples of a predictive entropy above this, in nats: they are in no cell.")] double? Abstain,
    [property: FromQuery(Name = "source")] string? Source,
    [property: FromQuery(Name = "q"), Description("A part of the text, whatever its case.")] string? Search,
    [property: FromQuery(Name = "reason"), Description("A reason's code, as veryShort.")] string? Reason,
    [property: FromQuery(Name = "sort"), Description("strangeness, sample, or entropy, margin, coverage, loss, score with a run's id, as entropy:12; a minus turns it round.")] string? Sort)
{
    public SampleScope Scope => AskedComparison.ScopeOf(Column, Slice, Abstain);

    public OutliersRequest ToRequest()
    {
        QueryEnum.Parse(By, OutlierOrder.Entropy, "by");
        QueryEnum.Parse(Show, OutlierShow.All, "show");
        if (!string.IsNullOrEmpty(Outcome))
            QueryEnum.Parse(Outcome, OutlierOutcome.Caught, "outcome");
        Check("status", Status, Status == "unscorable", "Use unscorable, or leave it out.");
        Check("reason", Reason, OutliersQueries.ReasonCodes.Contains(Reason), $"Use one of {string.Join(", ", OutliersQueries.ReasonCodes)}.");
        Check("sort", Sort, OutlierSortText.TryParse(Sort) is not null, "Use strangeness, sample, or entropy, margin, coverage, loss, score with a run's id, as entropy:12.");
        Check("cut", Cut, AddressParts.Number(Cut) is >= 0 and <= 1, "Use a number from 0 to 1, with a point.");
        CheckChoice();
        return OutliersState.Parse(Read).ToRequest() with { Scope = Scope };
    }

    /// <summary>A label or a run that is not there must not read as "no filter".</summary>
    public void CheckAgainst(OutliersView view)
    {
        foreach (var (field, label) in new[] { ("label", Label), ("predicted", Predicted), ("positive", Positive) })
        {
            if (!string.IsNullOrEmpty(label) && !view.Labels.Contains(label))
                throw UserErrorException.Field(field, $"\"{label}\" is not one of the labels.", $"Use one of {string.Join(", ", view.Labels)}.");
        }

        foreach (var run in view.Request.RunIds.Where(id => view.Choices.All(choice => choice.RunId != id)))
            throw UserErrorException.NotFound("run of this experiment", run);
    }

    private void CheckChoice()
    {
        QueryEnum.Parse(Judging, PointJudging.Same, "judging");
        Check("holdout", Holdout, AddressParts.Number(Holdout) is > 0 and < 1, "Use a number above 0 and below 1, with a point.");
        if (!string.IsNullOrEmpty(Rule) && !ThresholdRule.TryParse(Rule, out _, out var problem))
            throw UserErrorException.Field("rule", $"\"{Rule}\" is not a rule.", problem!, UserErrorKind.Malformed);
        AskedComparison.ThresholdOf(Threshold, Rule);
        if (string.IsNullOrEmpty(Outcome) != (string.IsNullOrEmpty(Threshold) && string.IsNullOrEmpty(Rule)))
            throw UserErrorException.Field("threshold", "A threshold, or a rule that chooses one, and an outcome belong together.", "Give both, or neither.", UserErrorKind.Malformed);
        if (string.IsNullOrEmpty(Rule) && !(string.IsNullOrEmpty(Judging) && string.IsNullOrEmpty(Holdout) && Seed is null))
            throw UserErrorException.Field("rule", "Without a rule nothing is held out.", "Give the rule, or leave out judging, holdout and seed.", UserErrorKind.Malformed);
    }

    private static void Check(string field, string? text, bool isRight, string advice)
    {
        if (!string.IsNullOrEmpty(text) && !isRight)
            throw UserErrorException.Field(field, $"\"{text}\" is none of the values of \"{field}\".", advice, UserErrorKind.Malformed);
    }

    private string? Read(string name) => name switch
    {
        "runs" => Runs,
        "by" => By?.ToLowerInvariant(),
        "cut" => Cut,
        "show" => Show?.ToLowerInvariant(),
        "label" => Label,
        "predicted" => Predicted,
        "status" => Status,
        "positive" => Positive,
        "threshold" => Threshold,
        "rule" => Rule,
        "judging" => Judging?.ToLowerInvariant(),
        "holdout" => Holdout,
        "seed" => Seed?.ToString(CultureInfo.InvariantCulture),
        "outcome" => Outcome?.ToLowerInvariant(),
        "source" => Source,
        "q" => Search,
        "reason" => Reason,
        "sort" => Sort,
        _ => null,
    };
}
