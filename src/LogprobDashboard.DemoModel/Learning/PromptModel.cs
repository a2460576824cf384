using LogprobDashboard.DemoModel.Answering;
using LogprobDashboard.DemoModel.Reading;

namespace LogprobDashboard.DemoModel.Learning;

/// <summary>
/// What was learnt from one prompt: the weights of words, character n-grams and traits for each label. A text's log odds are their sum; what the prompt
/// says nothing about leaves the labels about equal. Immutable, so any number of threads may score with it.
/// </summary>
internal sealed class PromptModel
{
    private readonly LabelReading[] _labels;
    private readonly ulong[] _labelHashes;
    private readonly double[] _priors;
    private readonly EvidenceTable _words;
    private readonly EvidenceTable _ngrams;
    private readonly TraitModel _traits;
    private readonly AnswerForms _forms;

    public PromptModel(PromptReading reading)
    {
        _labels = [.. reading.Labels];
        _labelHashes = Array.ConvertAll(_labels, label => UntrainedWeights.Hash(label.Word));
        var examples = _labels.Select(label => label.Examples.Select(Features.Of).ToList()).ToList();
        var descriptions = _labels.Select(label => DescriptionReader.Read(label.Descriptions.Concat(label.Names))).ToList();
        _priors = Priors(examples);
        (_words, _ngrams) = Count(examples, descriptions);
        _traits = new TraitModel(examples, descriptions);
        _forms = new AnswerForms([.. _labels.Select(label => label.Word)]);
    }

    /// <summary>Whole answers and their probabilities, for a sample's text.</summary>
    public IReadOnlyList<AnswerSequence> Score(string sample)
    {
        var probabilities = new double[_labels.Length];
        var features = Features.Of(sample);
        LogOdds(features, probabilities);
        var entropy = Softmax(probabilities);
        var offLabel = Weights.OffLabel + (Weights.OffLabelUnsure * entropy) + (Weights.OffLabelOdd * Traits.Oddness(sample));
        return _forms.Distribute(probabilities, offLabel);
    }

    private double[] Priors(List<List<Features>> examples)
    {
        var mean = examples.Count == 0 ? 0 : examples.Average(texts => texts.Count);
        return [.. _labels.Select((label, i) => label.Preference + (Weights.ExampleShare * Math.Log((examples[i].Count + 1) / (mean + 1))))];
    }

    private (EvidenceTable Words, EvidenceTable Ngrams) Count(List<List<Features>> examples, List<DescriptionEvidence> descriptions)
    {
        var words = new CountTable(_labels.Length);
        var ngrams = new CountTable(_labels.Length);
        for (var label = 0; label < _labels.Length; label++)
        {
            foreach (var text in examples[label])
            {
                foreach (var word in text.Words)
                    words.Add(label, word.Key, word.Strength);
                foreach (var ngram in text.Ngrams)
                    ngrams.Add(label, ngram, 1);
            }

            foreach (var word in descriptions[label].Words)
                AddWord(words, label, word, Weights.DescriptionWord);
            foreach (var word in descriptions[label].ListedWords)
                AddWord(words, label, word, Weights.ListedWord);
            AddWord(words, label, _labels[label].Word, Weights.LabelWord);
        }

        return (words.ToEvidence(Weights.WordSmoothing), ngrams.ToEvidence(Weights.NgramSmoothing));
    }

    private static void AddWord(CountTable words, int label, string word, double amount)
    {
        foreach (var feature in Features.WordsOf(word))
            words.Add(label, feature.Key, amount);
    }

    private void LogOdds(Features features, Span<double> sums)
    {
        _priors.CopyTo(sums);
        if (features.Words.Count == 0 && features.Ngrams.Count == 0)
            return;
        Span<double> part = stackalloc double[Math.Min(sums.Length, 256)];
        part = part.Length < sums.Length ? new double[sums.Length] : part;
        foreach (var word in features.Words)
            _words.AddTo(part, word.Key, word.Strength);
        AddPart(sums, part, Weights.Words);
        foreach (var ngram in features.Ngrams)
            _ngrams.AddTo(part, ngram, 1);
        AddPart(sums, part, Weights.Ngrams / (features.Ngrams.Count + Weights.NgramHalf));
        _traits.AddTo(sums, features.Traits, Weights.Traits);
        UntrainedWeights.AddTo(sums, features, _labelHashes);
    }

    private static void AddPart(Span<double> sums, Span<double> part, double weight)
    {
        for (var label = 0; label < sums.Length; label++)
            sums[label] += weight * part[label];
        part.Clear();
    }

    /// <summary>Log odds become probabilities in place; returns their entropy over its maximum.</summary>
    private static double Softmax(Span<double> values)
    {
        if (values.Length == 0)
            return 1;
        var max = double.NegativeInfinity;
        foreach (var value in values)
            max = Math.Max(max, value);
        var total = 0.0;
        for (var i = 0; i < values.Length; i++)
            total += values[i] = Math.Exp(Math.Max(values[i] - max, -Weights.LargestOdds));
        var entropy = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= total;
            entropy -= values[i] * Math.Log(values[i]);
        }

        return values.Length == 1 ? 0 : entropy / Math.Log(values.Length);
    }
}
