using LogprobDashboard.Web.Runs;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Runs;

/// <summary>Runs, costs and screens to test with.</summary>
internal static class Examples
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static RunRecord Run(RunStatus status = RunStatus.Completed, int completed = 300, int failed = 0, string id = "5") => new(
        id, "7", "plain v2", "1", "plain", 2, "1", "llama3:8b", "localhost:11434", status, Total: 300, completed, failed, Cached: 12, Unscorable: 2, Censored: 20,
        AnswerMismatches: 1, null, null, PromptTokens: 12_345, CompletionTokens: 288, [], null, 0, UseCache: true, MaxTokens: null, MaxCost: null, Cost: null, Start, Start,
        status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled ? Start.AddSeconds(95) : null, null);

    public static RunOverview Item(RunRecord run, RunFailures? failures = null) => new(run, failures);

    public static RunCost Cost(int calls = 900, int cached = 0, int duplicates = 0, int unusable = 0, int notLookedUp = 0, RunForecast? forecast = null, TokenForecast? tokens = null) => new(
        "Ollama", "llama3:8b", 300, calls, cached, duplicates, unusable, notLookedUp,
        [.. Enumerable.Range(1, 3).Select(id => new VariantCost($"{id}", $"variant {id}", 1, calls / 3, cached / 3, duplicates / 3, unusable / 3, notLookedUp / 3, tokens is null ? null : tokens with { PromptTokens = tokens.PromptTokens / 3, CompletionTokens = tokens.CompletionTokens / 3, Cost = tokens.Cost / 3 }))], forecast, tokens);

    public static RunsScreen Screen(string? endpointId = "1", int withoutSource = 0) => new(
        new ExperimentSummary("7", "SMS spam", "3", "sms", 300, [new("ham", ["No"]), new("spam", ["Yes"])], "spam", 102, endpointId, "Ollama", "llama3:8b", "localhost:11434", 2, 1, 0),
        [new VariantRecord("1", "7", "plain", 2, null, "{{ text }}", Start), new VariantRecord("2", "7", "strict", 1, null, "{{ text }}", Start)],
        [Endpoint("1", "Ollama"), Endpoint("2", "vLLM")],
        [new("sms", 151), new("chat", 149 - withoutSource)],
        withoutSource,
        new RunsOverview("7", [], null, 0, 0));

    public static EndpointRecord Endpoint(string id, string name, bool hasKey = false, string? variable = null) => new(
        id, name, "http://localhost:11434/v1", "llama3:8b", hasKey || variable is not null, variable, 20, 4, null, null, 60, 1, OutputLimitField.MaxTokens, null, 1, null, Start);
}
