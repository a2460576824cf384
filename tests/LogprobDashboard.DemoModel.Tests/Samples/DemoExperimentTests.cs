namespace LogprobDashboard.DemoModel.Tests.Samples;

/// <summary>What a first visitor is to see: prompts whose curves really differ.</summary>
public sealed class DemoExperimentTests
{
    [Fact]
    public void SpamVariants_Run_RankDifferently()
    {
        var runs = Runs("short-messages.csv");

        Assert.InRange(runs["Examples"].AveragePrecisionOf("spam"), 0.75, 0.95);
        Assert.True(runs["Examples"].AveragePrecisionOf("spam") > runs["Described"].AveragePrecisionOf("spam") + 0.05);
        Assert.True(runs["Described"].AveragePrecisionOf("spam") > runs["Strict"].AveragePrecisionOf("spam") + 0.03);
    }

    [Fact]
    public void StrictVariant_Run_LooksBetterAtItsArgmaxAndRanksWorse()
    {
        var runs = Runs("short-messages.csv");

        Assert.True(runs["Strict"].ArgmaxF1("spam") > runs["Described"].ArgmaxF1("spam") + 0.05);
        Assert.True(runs["Strict"].AveragePrecisionOf("spam") < runs["Described"].AveragePrecisionOf("spam"));
    }

    [Fact]
    public void LanguageVariants_Run_RankDifferently()
    {
        var runs = Runs("languages.csv");

        Assert.InRange(runs["Bare"].MacroAveragePrecision, 0.05, 0.25);
        Assert.InRange(runs["Described"].MacroAveragePrecision, 0.65, 0.87);
        Assert.InRange(runs["Examples"].MacroAveragePrecision, 0.88, 1);
        Assert.True(runs["Examples"].Accuracy > runs["Described"].Accuracy);
    }

    private static Dictionary<string, DemoRun> Runs(string file)
    {
        var experiment = SampleFiles.ReadExperiments().Single(experiment => experiment.Dataset.File == file);
        return experiment.Variants.ToDictionary(variant => variant.Name, variant => new DemoRun(experiment, variant));
    }
}
