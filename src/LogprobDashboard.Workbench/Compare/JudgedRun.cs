using System.Collections.Concurrent;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>
/// The part of a run that can be judged: answered samples with a true label of the set, of one slice or of all. What it leaves out it counts.
/// What is computed from it is computed once and kept with it; several who look at once may at worst compute the same twice.
/// </summary>
internal sealed class JudgedRun
{
    private readonly RankedScores?[] _ranked;
    private readonly double[]?[] _scores;
    private readonly (double Low, double High)?[] _ranges;
    private readonly bool[] _hasRange;
    private readonly double?[] _calibrationErrors;
    private readonly bool[] _hasCalibrationError;
    private readonly ConcurrentDictionary<(int Label, int MaxPoints), ThinnedCurve> _curves = new();
    private readonly Lazy<double?> _microAveragePrecision;
    private ConfusionMatrix? _confusion;

    /// <param name="scores">The run's columns.</param>
    /// <param name="among">Which rows, ascending; null is all.</param>
    /// <param name="mostEntropy">Scored samples above it, in nats, are abstained from; null: none.</param>
    public JudgedRun(RunScores scores, IReadOnlyList<int>? among = null, double? mostEntropy = null)
    {
        Scores = scores;
        _microAveragePrecision = new(() => MicroRanked().AveragePrecision, LazyThreadSafetyMode.PublicationOnly);
        (_ranked, _scores) = (new RankedScores?[scores.Labels.Count], new double[]?[scores.Labels.Count]);
        (_ranges, _hasRange) = (new (double, double)?[scores.Labels.Count], new bool[scores.Labels.Count]);
        (_calibrationErrors, _hasCalibrationError) = (new double?[scores.Labels.Count], new bool[scores.Labels.Count]);
        UnscorableByLabel = new int[scores.Labels.Count];
        PositivesByLabel = new int[scores.Labels.Count];
        var count = among?.Count ?? scores.Count;
        var (rows, all, answered) = (new List<int>(count), new List<int>(count), new List<int>(count));
        var abstained = new List<int>();
        for (var place = 0; place < count; place++)
        {
            var row = among?[place] ?? place;
            if (Abstains(scores, row, mostEntropy))
            {
                abstained.Add(row);
                continue;
            }

            if (scores.Status[row] != ResultStatus.Failed)
                answered.Add(row);
            Take(row, rows, all);
        }

        (Rows, ScoredRows, AnsweredRows, Abstained) = (rows, all, answered, abstained.Count(row => scores.TrueLabel[row] >= 0));
        JudgedRows = [.. answered.Where(row => scores.TrueLabel[row] >= 0)];
        MeanCoverage = all.Count > 0 ? all.Average(row => scores.Coverage[row]) : null;
    }

    public RunScores Scores { get; }

    /// <summary>Rows that were scored and have a true label of the set.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Rows that are judged: scored or unscorable, with a true label of the set.</summary>
    public IReadOnlyList<int> JudgedRows { get; }

    /// <summary>All rows that were scored, labelled or not.</summary>
    public IReadOnlyList<int> ScoredRows { get; }

    /// <summary>All rows with an answer, unscorable ones included.</summary>
    public IReadOnlyList<int> AnsweredRows { get; }

    /// <summary>Unscorable samples by true label.</summary>
    public int[] UnscorableByLabel { get; }

    /// <summary>Judged samples by true label, unscorable ones included.</summary>
    public int[] PositivesByLabel { get; }

    public int Unscorable => UnscorableByLabel.Sum();

    /// <summary>Samples without an answer, labelled or not.</summary>
    public int Failed { get; private set; }

    /// <summary>Answered, but without a true label of the set.</summary>
    public int LeftOut { get; private set; }

    public int Censored { get; private set; }

    /// <summary>Scored, with a true label of the set, but of too high an entropy to be judged.</summary>
    public int Abstained { get; }

    /// <summary>Over all scored samples, labelled or not; null where there is none.</summary>
    public double? MeanCoverage { get; }

    public bool IsScored(int row) => Scores.Status[row] == ResultStatus.Scored;

    /// <summary>Whether a row is scored, but of too high an entropy to be judged.</summary>
    public static bool Abstains(RunScores scores, int row, double? mostEntropy) => scores.Status[row] == ResultStatus.Scored && scores.Entropy[row] > mostEntropy;

    public int LabelIndex(string? name, string otherwise)
    {
        var index = IndexOf(Scores.Labels, name ?? otherwise);
        return index >= 0
            ? index
            : throw UserErrorException.Field("positive", $"\"{name}\" is not one of the labels.", $"Use one of {string.Join(", ", Scores.Labels)}.");
    }

    public RankedScores Ranked(int label)
    {
        if (_ranked[label] is { } ranked)
            return ranked;
        bool[] isPositive = [.. Rows.Select(row => Scores.TrueLabel[row] == label)];
        return _ranked[label] = RankedScores.Create(ScoresOf(label), isPositive, UnscorableByLabel[label], Unscorable - UnscorableByLabel[label]);
    }

    /// <summary>Log odds of a label, by the place in <see cref="Rows"/>: a threshold that follows a hand asks for all of them again and again.</summary>
    public double[] ScoresOf(int label) => _scores[label] ??= [.. Rows.Select(row => Scores.Score(row, label))];

    /// <summary>The precision-recall curve in at most so many points; that of the argmax, where it is one, stays.</summary>
    public ThinnedCurve Curve(int label, int maxPoints, double? argmax) =>
        maxPoints == CompareRequest.AllPoints ? ThinnedCurve.Of(Ranked(label), maxPoints, argmax) : _curves.GetOrAdd((label, maxPoints), _ => ThinnedCurve.Of(Ranked(label), maxPoints, argmax));

    public MultiLabelSummary AllLabels() => MultiLabelSummary.Create([.. Enumerable.Range(0, Scores.Labels.Count).Select(Ranked)]);

    /// <summary>Over all (sample, label) pairs.</summary>
    public double? MicroAveragePrecision() => _microAveragePrecision.Value;

    /// <summary>The ranking of all (sample, label) pairs: large, so it is not kept.</summary>
    public RankedScores MicroRanked()
    {
        var labels = Scores.Labels.Count;
        var scores = new double[Rows.Count * labels];
        for (var i = 0; i < Rows.Count; i++)
        {
            for (var label = 0; label < labels; label++)
                scores[(i * labels) + label] = Scores.Score(Rows[i], label);
        }

        return MultiLabelSummary.Micro(scores, labels, [.. Rows.Select(row => Scores.TrueLabel[row])], Unscorable);
    }

    public ConfusionMatrix Confusion() => _confusion ??= CountConfusion();

    /// <summary>How far average precision may be from its value where masses are unseen or censored.</summary>
    public (double Low, double High)? AveragePrecisionRange(int label)
    {
        if (Volatile.Read(ref _hasRange[label]))
            return _ranges[label];
        var range = ComputeRange(label);
        _ranges[label] = range;
        Volatile.Write(ref _hasRange[label], true);
        return range;
    }

    /// <summary>ECE over 15 bins of equal mass: of the label's probability with two labels, of the predicted label's with more.</summary>
    public double? CalibrationError(int label)
    {
        if (Volatile.Read(ref _hasCalibrationError[label]))
            return _calibrationErrors[label];
        var (probabilities, outcomes) = MetricsCalculator.ReliabilityCases(this, label);
        _calibrationErrors[label] = ReliabilityDiagram.EqualMass(probabilities, outcomes).ExpectedCalibrationError;
        Volatile.Write(ref _hasCalibrationError[label], true);
        return _calibrationErrors[label];
    }

    private ConfusionMatrix CountConfusion()
    {
        var (truth, predicted) = (new int[JudgedRows.Count], new int[JudgedRows.Count]);
        for (var place = 0; place < truth.Length; place++)
            (truth[place], predicted[place]) = (Scores.TrueLabel[JudgedRows[place]], Scores.Predicted[JudgedRows[place]]);
        return ConfusionMatrix.Create(Scores.Labels.Count, truth, predicted);
    }

    private (double Low, double High)? ComputeRange(int label)
    {
        var (low, high, isPositive) = (new double[Rows.Count], new double[Rows.Count], new bool[Rows.Count]);
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            (low[i], high[i]) = LabelMasses.ScoreBounds(Scores.Masses(row), Scores.Censored(row), Scores.UnseenMass[row], label);
            isPositive[i] = Scores.TrueLabel[row] == label;
        }

        return Analysis.Ranking.AveragePrecisionRange.Compute(low, high, isPositive, UnscorableByLabel[label], Unscorable - UnscorableByLabel[label], Ranked(label).AveragePrecision);
    }

    /// <summary>The judged samples' scores of a label, negative infinity where unscorable, and whether each is one.</summary>
    public (double[] Scores, bool[] IsPositive) Cases(int label) =>
    (
        [.. JudgedRows.Select(row => IsScored(row) ? Scores.Score(row, label) : double.NegativeInfinity)],
        [.. JudgedRows.Select(row => Scores.TrueLabel[row] == label)]
    );

    /// <summary>The places of the scored samples among <see cref="JudgedRows"/>.</summary>
    public IEnumerable<int> ScoredPlaces() => Enumerable.Range(0, JudgedRows.Count).Where(place => IsScored(JudgedRows[place]));

    private void Take(int row, List<int> rows, List<int> all)
    {
        var (status, truth) = (Scores.Status[row], Scores.TrueLabel[row]);
        if (status == ResultStatus.Failed)
        {
            Failed++;
            return;
        }

        if (status == ResultStatus.Scored)
            all.Add(row);
        if (truth < 0)
        {
            LeftOut++;
            return;
        }

        PositivesByLabel[truth]++;
        if (status == ResultStatus.Unscorable)
        {
            UnscorableByLabel[truth]++;
            return;
        }

        rows.Add(row);
        if (Scores.IsCensored(row))
            Censored++;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
