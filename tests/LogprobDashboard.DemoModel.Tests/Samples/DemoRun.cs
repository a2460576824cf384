using Fluid;

using LogprobDashboard.DemoModel.Tests.Learning;

namespace LogprobDashboard.DemoModel.Tests.Samples;

/// <summary>One variant of a demo experiment, over all rows: the label masses of each, by label order.</summary>
internal sealed class DemoRun
{
    private readonly IReadOnlyList<(SampleRow Row, double[] Masses)> _answers;
    private readonly IReadOnlyList<string> _labels;

    public DemoRun(DemoExperiment experiment, DemoVariant variant)
    {
        _labels = [.. experiment.Labels.Select(label => label.Name)];
        _answers = [.. SampleFiles.Read(experiment.Dataset.File).Select(row => (row, Masses(experiment, variant, row.Text)))];
    }

    public double Accuracy => _answers.Average(answer => Predicted(answer.Masses) == answer.Row.Label ? 1.0 : 0);

    public double MacroAveragePrecision => _labels.Average(AveragePrecisionOf);

    public double AveragePrecisionOf(string label)
    {
        var k = _labels.ToList().IndexOf(label);
        return AveragePrecision.Of([.. _answers.Select(answer => (Math.Log(answer.Masses[k]) - Math.Log(answer.Masses.Sum() - answer.Masses[k]), answer.Row.Label == label))]);
    }

    public double ArgmaxF1(string label)
    {
        double hits = _answers.Count(answer => Predicted(answer.Masses) == label && answer.Row.Label == label);
        return 2 * hits / (_answers.Count(answer => Predicted(answer.Masses) == label) + _answers.Count(answer => answer.Row.Label == label));
    }

    private string Predicted(double[] masses) => _labels[Array.IndexOf(masses, masses.Max())];

    /// <summary>The mass of each label's word and the beginnings of it; the smallest listed probability where a label is not listed.</summary>
    private static double[] Masses(DemoExperiment experiment, DemoVariant variant, string text)
    {
        var messages = new List<(string, string)>();
        if (variant.System is not null)
            messages.Add(("system", Render(variant.System, experiment, text)));
        messages.Add(("user", Render(variant.User, experiment, text)));
        var tokens = Chat.Positions(Chat.Request([.. messages]))[0];
        var least = Math.Exp(tokens.Min(token => token.Logprob));
        return [.. experiment.Labels.Select(label => tokens.Where(token => IsLabel(token.Token.Trim(), label.Words[0])).Sum(token => Math.Exp(token.Logprob)))
            .Select(mass => mass > 0 ? mass : least)];
    }

    private static bool IsLabel(string token, string word) =>
        string.Equals(token, word, StringComparison.OrdinalIgnoreCase) || (token.Length >= 3 && word.StartsWith(token, StringComparison.OrdinalIgnoreCase));

    private static string Render(string template, DemoExperiment experiment, string text)
    {
        var names = experiment.Labels.Select(label => label.Name).ToArray();
        var context = new TemplateContext();
        context.SetValue("text", text);
        context.SetValue("labels", string.Join(", ", names));
        context.SetValue("labelList", names);
        return new FluidParser().Parse(template).Render(context);
    }
}
