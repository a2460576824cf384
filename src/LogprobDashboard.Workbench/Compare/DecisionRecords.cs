using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>A threshold as it is to be used in production: all that has to stay the same, and what may be expected of it.</summary>
/// <param name="Rule">What chose the threshold; null where a person did.</param>
/// <param name="ThresholdLogOdds">Flag a text where its log odds are at least this; null flags none.</param>
/// <param name="ThresholdProbability">The same as a probability, 1 / (1 + e^-t).</param>
/// <param name="Scope">Which samples it is for: those of a slice, those that are not abstained from.</param>
/// <param name="Expected">On the samples that it was judged on.</param>
/// <param name="CrossValidated">On samples that did not choose it; null where no rule did.</param>
public sealed record Decision(
    string Experiment,
    string RunId,
    string Run,
    DecisionPrompt? Prompt,
    DecisionModel Model,
    IReadOnlyList<ExperimentLabel> Labels,
    string PositiveLabel,
    string? Rule,
    double? ThresholdLogOdds,
    double? ThresholdProbability,
    DecisionScope Scope,
    DecisionExpectation Expected,
    CrossValidatedFigures? CrossValidated,
    DecisionEvidence Evidence);

/// <summary>Liquid templates, as the run sent them.</summary>
public sealed record DecisionPrompt(string Variant, int Version, string? System, string User);

/// <summary>Where log probs were recorded elsewhere the host is null.</summary>
public sealed record DecisionModel(string Model, string? Host, int TopLogprobs, int AnswerTokens, double Temperature);

/// <summary>Nulls: every sample. Answers of an entropy above <paramref name="AbstainAboveEntropy"/>, in nats, are not to be used.</summary>
public sealed record DecisionScope(string? Column, string? Slice, double? AbstainAboveEntropy);

/// <summary>Over <paramref name="Samples"/> samples: those that chose the threshold, a little optimistic, or a held-out part that did not.</summary>
public sealed record DecisionExpectation(DecisionFigure Precision, DecisionFigure Recall, DecisionFigure F1, PointJudging JudgedOn, int Samples);

/// <summary>A figure with its 95 % interval.</summary>
public sealed record DecisionFigure(double? Value, ConfidenceInterval? Interval);

/// <summary>What the figures come from.</summary>
public sealed record DecisionEvidence(string Dataset, string ContentHash, int Samples, int Positives, int Unscorable, int Failed, int Resamples, long Seed);
