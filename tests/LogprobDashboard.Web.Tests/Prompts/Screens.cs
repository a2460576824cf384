using LogprobDashboard.Web.Prompts;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Prompts;

/// <summary>Screens of the prompts page, made by hand.</summary>
internal static class Screens
{
    public static ExperimentSummary Experiment { get; } =
        new("7", "SMS spam", "3", "sms", 1000, [new("spam", ["Yes"]), new("ham", ["No"])], "spam", 152, "1", "Ollama", "llama3:8b", "localhost:11434", 2, 3, 0);

    public static VariantRecord Plain { get; } = new("1", "7", "plain", 1, null, "Spam?\n{{ text }}", DateTimeOffset.UnixEpoch);

    public static VariantRecord Strict { get; } = new("2", "7", "strict", 3, "Be strict.", "{{ text }}", DateTimeOffset.UnixEpoch);

    public static SampleRecord Sample { get; } = new(257, null, "Mmm so yummy\u200B", "ham", "sms", new Dictionary<string, object?>());

    public static PreviewSubject Subject { get; } = new("7", 257, null);

    public static PromptsScreen Screen(ExperimentSummary? experiment = null, IReadOnlyList<VariantRecord>? variants = null, VariantUse? use = null) => new(
        experiment ?? Experiment,
        [],
        variants ?? [Plain, Strict],
        new Dictionary<string, VariantUse> { ["1"] = use ?? new VariantUse(2, 2, 0) },
        new Dictionary<string, IReadOnlyList<VariantVersionRecord>>(),
        [],
        new PreviewSample(Sample, 200, 300),
        [new PromptField("text", "{{ text }}", "The sample's text")],
        new Dictionary<string, CheckedPrompt>());

    public static TryRecord Answer { get; } = new(
        [new PromptMessage("user", "Spam?")],
        [new TopToken("Yes", -0.689, "spam"), new TopToken("No", -0.701, "ham"), new TopToken("**", -12.991, null)],
        [new LabelProbability("spam", 0.503, false), new LabelProbability("ham", 0.497, false)],
        "spam", 0.010, 0.693, 0.010, 0.693, 0.012, 1.0, 0.00000229, 0.0001, 0, "Yes", false, "ham", 304, null);
}
