namespace LogprobDashboard.DemoModel.Tests.Samples;

public sealed class SampleFileTests
{
    [Fact]
    public void ShortMessages_AsShipped_HaveTwoSourcesTwoLabelsAndSpoiltRows()
    {
        var rows = SampleFiles.Read("short-messages.csv");

        Assert.Equal(300, rows.Count);
        Assert.Equal(["chat", "sms"], rows.Select(row => row.Source).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["ham", "spam"], rows.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows.GroupBy(row => row.Source), source => Assert.InRange(source.Count(), 120, 180));
        Assert.All(rows.GroupBy(row => row.Source), source => Assert.InRange(source.Count(row => row.Label == "spam"), 40, 60));
        Assert.Equal(rows.Count, rows.Select(row => row.Text).Distinct().Count());
        Assert.InRange(rows.Count(row => row.Note.Length > 0), 24, 48);
        Assert.Equal(["", "mixed-languages", "mojibake", "no-language", "wrong-label"], rows.Select(row => row.Note).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.False(string.IsNullOrWhiteSpace(row.Text)));
    }

    [Fact]
    public void Languages_AsShipped_AreTenTimesTwenty()
    {
        var rows = SampleFiles.Read("languages.csv");

        Assert.Equal(200, rows.Count);
        Assert.Equal(10, rows.Select(row => row.Label).Distinct().Count());
        Assert.All(rows.GroupBy(row => row.Label), language => Assert.Equal(20, language.Count()));
        Assert.Equal(["chat", "news"], rows.Select(row => row.Source).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(rows.Count(row => row.Note.Length > 0), 6, 20);
        Assert.Equal(rows.Count, rows.Select(row => row.Text).Distinct().Count());
    }

    [Fact]
    public void Experiments_AsShipped_FitTheirDatasets()
    {
        var experiments = SampleFiles.ReadExperiments();

        Assert.Equal(2, experiments.Count);
        foreach (var experiment in experiments)
        {
            var rows = SampleFiles.Read(experiment.Dataset.File);
            Assert.True(experiment.RunOnStart);
            Assert.Equal(("text", "label", "source"), (experiment.Dataset.TextColumn, experiment.Dataset.LabelColumn, experiment.Dataset.SourceColumn));
            Assert.Equal(rows.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal), experiment.Labels.Select(label => label.Name).Order(StringComparer.Ordinal));
            Assert.All(experiment.Labels, label => Assert.NotEmpty(label.Words));
            Assert.True(experiment.PositiveLabel is null || experiment.Labels.Any(label => label.Name == experiment.PositiveLabel));
            Assert.Equal(3, experiment.Variants.Count);
            Assert.Equal(3, experiment.Variants.Select(variant => variant.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Variants_AsShipped_ShowTheTextAndNoRowOfTheDataset()
    {
        foreach (var experiment in SampleFiles.ReadExperiments())
        {
            var rows = SampleFiles.Read(experiment.Dataset.File);
            foreach (var variant in experiment.Variants)
            {
                Assert.Contains("{{ text }}", variant.User, StringComparison.Ordinal);
                Assert.All(rows.Where(row => row.Text.Length > 5), row => Assert.DoesNotContain(row.Text, variant.System + variant.User, StringComparison.Ordinal));
            }
        }
    }
}
