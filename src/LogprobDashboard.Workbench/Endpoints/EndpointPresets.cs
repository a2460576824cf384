using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>The servers that the form knows. A further one is a further row: nothing in the code asks which preset an endpoint came from.</summary>
public static class EndpointPresets
{
    private const OutputLimitField Tokens = OutputLimitField.MaxTokens;
    private const OutputLimitField CompletionTokens = OutputLimitField.MaxCompletionTokens;

    public static IReadOnlyList<EndpointPreset> All { get; } =
    [
        new("openai", "OpenAI", "https://api.openai.com/v1", "gpt-4.1-mini", "A chat model that does not reason.", KeyNeed.Required, "OPENAI_API_KEY", CompletionTokens, 20, 20, 16, null,
            ["Reasoning models (the o series, and GPT-5 while it reasons) give no log probs and refuse a temperature."]),
        new("azure", "Azure OpenAI", "https://YOUR-RESOURCE.openai.azure.com/openai/v1", null, "The name of your deployment, not of the model in it.", KeyNeed.Required, "AZURE_OPENAI_API_KEY", CompletionTokens, 20, 20, 16, null,
            ["Put your resource's name into the base URL; it is the version 1 API, which takes no api-version.", "The content filter may refuse single samples: they count as failed, and the run goes on."]),
        new("ollama", "Ollama", "http://localhost:11434/v1", null, "As \"ollama list\" shows it, for instance llama3.1:8b.", KeyNeed.None, null, Tokens, 20, 20, 4, null,
            ["Log probs came with Ollama 0.12.11: older ones answer without them.", "Ollama works on as many calls at once as OLLAMA_NUM_PARALLEL says; more only wait."]),
        new("vllm", "vLLM", "http://localhost:8000/v1", null, "As the server was started with, or its --served-model-name.", KeyNeed.Optional, "VLLM_API_KEY", Tokens, 20, 20, 64, null,
            ["More than 20 alternatives need the server's --max-logprobs.", "A server started with --logprobs-mode processed_logprobs scales them by the temperature: leave it at 1."]),
        new("llamacpp", "llama.cpp", "http://localhost:8080/v1", "default", "Any name: the server answers with the model that it was started with.", KeyNeed.Optional, "LLAMA_API_KEY", Tokens, 20, 100, 4, null,
            ["The server works on as many calls at once as it has slots (--parallel).", "It ignores max_completion_tokens, so the limit goes into max_tokens; a prompt longer than a slot's context may be cut silently."]),
        new("lmstudio", "LM Studio", "http://localhost:1234/v1", null, "As LM Studio shows the identifier of the loaded model.", KeyNeed.None, null, Tokens, 20, 20, 4, null,
            ["Versions that leave log probs out of chat answers say nothing about it: probe it first. The same model file gives them in llama.cpp."]),
        new("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", null, "With its vendor, as in openai/gpt-4.1-mini.", KeyNeed.Required, "OPENROUTER_API_KEY", Tokens, 20, 20, 16, Json("""{"provider":{"require_parameters":true}}"""),
            ["Only some providers behind it give log probs: the extra field keeps to those. Pin one provider there, or two halves of a run may come from different servers."]),
        new("together", "Together", "https://api.together.xyz/v1", null, "With its vendor, as in meta-llama/Llama-3.3-70B-Instruct-Turbo.", KeyNeed.Required, "TOGETHER_API_KEY", Tokens, 20, 20, 16, Json("""{"logprobs":20,"top_logprobs":null}"""),
            ["Together wants the number of alternatives in logprobs: the extra fields say so. Change the number there.", "Some of its models send the chosen token alone, which is too little to score a label that was not chosen."]),
        new("fireworks", "Fireworks", "https://api.fireworks.ai/inference/v1", null, "As in accounts/fireworks/models/llama-v3p3-70b-instruct.", KeyNeed.Required, "FIREWORKS_API_KEY", Tokens, 5, 5, 16, null,
            ["It gives 5 alternatives at most: with many labels some will be censored."]),
        new("xai", "xAI", "https://api.x.ai/v1", null, "As in grok-3: a model that does not reason.", KeyNeed.Required, "XAI_API_KEY", CompletionTokens, 8, 8, 16, null,
            ["It gives 8 alternatives at most: with many labels some will be censored.", "Reasoning models (grok-3-mini, and grok-4 while it reasons) leave log probs out without a word, and refuse some fields: probe first."]),
        new("deepseek", "DeepSeek", "https://api.deepseek.com/v1", "deepseek-v4-flash", "A model that can answer without thinking.", KeyNeed.Required, "DEEPSEEK_API_KEY", Tokens, 20, 20, 16, Json("""{"thinking":{"type":"disabled"}}"""),
            ["At temperature 0 it sends 0 for the chosen token and -9999 for all others: leave the temperature at 1.", "Thinking comes before the answer and must stay off."]),
        new("mistral", "Mistral", "https://api.mistral.ai/v1", null, "As in mistral-small-latest.", KeyNeed.Required, "MISTRAL_API_KEY", Tokens, 20, 20, 8, null,
            ["The hosted API is not known to send log probs, and refuses fields that it does not know: probe it first. Its open models give them in vLLM and llama.cpp."]),
        new("demo", "Built-in demo model", "/demo/v1", "demo-ngram", "The only one there is.", KeyNeed.None, null, Tokens, 20, 20, 4, null,
            ["An n-gram model inside this program, for trying things out: no key, no network, and no LLM. It learns only from what the prompt says."]),
    ];

    public static EndpointPreset? Find(string? id) => All.FirstOrDefault(preset => preset.Id == id);

    /// <summary>The preset whose server an address belongs to; null where none is known.</summary>
    public static EndpointPreset? ForAddress(string baseUrl) =>
        All.FirstOrDefault(preset => string.Equals(preset.BaseUrl, baseUrl.Trim().TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        ?? (Host(baseUrl) is { } host ? All.FirstOrDefault(preset => Host(preset.BaseUrl) is { } known && IsAt(host, known)) : null);

    /// <summary>Null where the address is no public server's: a port of one's own machine may be any server.</summary>
    private static string? Host(string baseUrl) =>
        Uri.TryCreate(baseUrl.Trim(), UriKind.Absolute, out var uri) && uri is { IsFile: false, IsLoopback: false } ? uri.Host : null;

    private static bool IsAt(string host, string known)
    {
        var own = known.IndexOf("YOUR-", StringComparison.OrdinalIgnoreCase) == 0 ? known[known.IndexOf('.', StringComparison.Ordinal)..] : null;
        return own is null ? string.Equals(host, known, StringComparison.OrdinalIgnoreCase) : host.EndsWith(own, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
