namespace LogprobDashboard.DemoModel.Learning;

/// <summary>
/// What traits say for each label: from examples a linear discriminant with one variance per trait (means drawn towards the common mean, more so the fewer
/// the examples), from descriptions a fixed weight for each trait that they name.
/// </summary>
internal sealed class TraitModel
{
    private const double PriorVariance = 0.12;
    private const double PriorExamples = 3;
    private const double Described = 1.8;
    private const double Ordinary = 0.15;

    /// <summary>By label, then trait: what one unit of the trait adds to the label's log odds; the last entry is the constant.</summary>
    private readonly double[][] _weights;

    public TraitModel(IReadOnlyList<IReadOnlyList<Features>> examples, IReadOnlyList<DescriptionEvidence> descriptions)
    {
        _weights = [.. descriptions.Select(_ => new double[Traits.Count + 1])];
        if (examples.Count(texts => texts.Count > 0) >= 2)
            LearnExamples(examples);
        for (var label = 0; label < descriptions.Count; label++)
        {
            foreach (var (trait, direction) in descriptions[label].Traits)
            {
                _weights[label][(int)trait] += Described * direction;
                _weights[label][^1] -= Described * direction * Ordinary;
            }
        }
    }

    public void AddTo(Span<double> sums, IReadOnlyList<double> traits, double strength)
    {
        for (var label = 0; label < _weights.Length; label++)
        {
            var sum = _weights[label][^1];
            for (var trait = 0; trait < Traits.Count; trait++)
                sum += _weights[label][trait] * traits[trait];
            sums[label] += strength * sum;
        }
    }

    private void LearnExamples(IReadOnlyList<IReadOnlyList<Features>> examples)
    {
        var shown = Enumerable.Range(0, examples.Count).Where(label => examples[label].Count > 0).ToList();
        for (var trait = 0; trait < Traits.Count; trait++)
        {
            var means = shown.ToDictionary(label => label, label => examples[label].Average(text => text.Traits[trait]));
            var common = means.Values.Average();
            var within = shown.Sum(label => examples[label].Sum(text => Square(text.Traits[trait] - means[label])));
            var variance = (within + (PriorVariance * PriorExamples)) / (shown.Sum(label => examples[label].Count) + PriorExamples);
            foreach (var label in shown)
            {
                var count = examples[label].Count;
                var mean = ((count * means[label]) + (PriorExamples * common)) / (count + PriorExamples);
                _weights[label][trait] += mean / variance;
                _weights[label][^1] -= mean * mean / (2 * variance);
            }
        }
    }

    private static double Square(double x) => x * x;
}
