using LogprobDashboard.Workbench.Endpoints;
using static LogprobDashboard.Workbench.Tests.Endpoints.WireCase;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>
/// Every file of <c>../shared/data/wire</c> with the outcome that a person read out of it:
/// first token, its log p, alternatives there, positions, finish reason, text; or that no log probs came; or the kind of error and what to tell.
/// </summary>
internal static class WireCases
{
    public static IReadOnlyList<WireCase> All { get; } =
    [
        First("azure/chat_logprobs_excerpt.json", "Hello", -0.0049944133, 0, 4, "stop", "Hello! I'm just a computer program"),
        NoLogprobs("azure/chat_stream_first_chunks.jsonl", null, "Capital"),
        Fails("azure/error_400_content_filter.json", 400, FailureKind.ContentFiltered, "content filter refused this prompt"),
        Fails("azure/error_400_logprobs_unsupported.json", 400, FailureKind.LogprobsUnsupported, "use another model"),

        First("deepseek/chat_logprobs_reasoning_key_shape.json", "Hello", -0.05, 0, 1, "stop", "Hello"),
        First("deepseek/chat_logprobs_short_code_completion.json", "```", 0, 20, 4, "length", "```c\nreturn"),
        First("deepseek/chat_logprobs_short_italian_fact.json", "Ada", 0, 20, 4, "length", "Ada Lovelace"),
        First("deepseek/chat_logprobs_short_reasoning_plain.json", "16", 0, 20, 1, "stop", "16"),
        NoLogprobs("deepseek/chat_reasoning_no_logprobs.json", "stop", "The word \"strawberry\"", reasoned: true),
        Fails("deepseek/error_400_unsupported_parameter.json", 400, FailureKind.Refused, "refuses presence_penalty: if it stands in the extra fields"),
        Fails("deepseek/error_old_detail.json", 400, FailureKind.LogprobsUnsupported, "Invalid top_logprobs and logprobs value"),

        First("fireworks/chat_logprobs_entry_new.json", "Yes", -0.011, 2, 1, "stop", "Yes"),
        First("fireworks/chat_logprobs_schema_legacy.json", "<string>", -0.1, 0, 1, "stop", "<string>"),

        Fails("gemini/error_400_logprobs_not_enabled.json", 400, FailureKind.LogprobsUnsupported, "not enabled for models/gemini-2.5-pro"),
        Fails("gemini/error_404_native.json", 404, FailureKind.NotFound, "check the model's name"),
        First("gemini/native_vertex_logprobs.json", "Amsterdam", -3.3260872e-05, 5, 1, "STOP", "Amsterdam"),
        Fails("gemini/openai_compat_error_400_array.json", 400, FailureKind.Refused, "refuses web_search_options: if it stands in the extra fields"),

        NoLogprobs("groq/chat_no_logprobs.json", "stop", "I'd like to introduce \"Luminaria\""),
        Fails("groq/error_400_tool_use_failed.json", 400, FailureKind.Refused, "Tool call validation failed"),
        Fails("groq/error_404_model_not_found.json", 404, FailureKind.NotFound, "llama-3.3-70b-versatlie"),

        First("llama-cpp-python/chat_logprobs_excerpt.json", "The", -0.008244173601269722, 4, 1, null, "The capital of France is"),

        First("llamacpp/chat_logprobs_server_t0.json", " situated", -2.106285810470581, 5, 1, "length", " situated"),
        First("llamacpp/chat_logprobs_server_t1_chosen_outside.json", " manager", -4.960775852203369, 5, 1, "length", " manager"),
        First("llamacpp/chat_logprobs_server_three_tokens.json", " situated", -2.1062843799591064, 5, 3, "length", " situated corporЛ"),
        First("llamacpp/completion_probabilities_new.json", ",", 0, 0, 1, null, ", i"),
        Fails("llamacpp/completion_probabilities_old.json", 200, FailureKind.LogprobsUnsupported, "probabilities after sampling, which are not the model's log probs"),
        Fails("llamacpp/error_500_context.json", 500, FailureKind.ContextTooLong, "shorten the prompt"),
        Fails("llamacpp/error_bad_request.json", 500, FailureKind.ServerError, "Failed to parse messages"),
        Fails("llamacpp/error_top_logprobs_without_logprobs.json", 500, FailureKind.LogprobsUnsupported, "requires logprobs to be set"),

        First("lmdeploy/chat_stream_chunk.json", "Hello", -5.777091791969724e-05, 2, 1, null, "Hello"),

        NoLogprobs("lmstudio/responses_logprobs_empty.json", "completed", "text content", reasoned: true),

        NoLogprobs("mistral/chat_content_array.json", "stop", "2 + 2 = 4", reasoned: true),
        NoLogprobs("mistral/chat_no_logprobs.json", "stop", "**Holiday Name:"),

        Fails("ollama/error_400_top_logprobs_native.json", 400, FailureKind.LogprobsUnsupported, "must be between 0 and 20"),
        Fails("ollama/error_404_openai_compat.json", 404, FailureKind.NotFound, "model 'nope' not found"),
        First("ollama/native_generate_top2.json", "The", -0.36440908908843994, 2, 11, "stop", "The quick brown fox"),
        First("ollama/native_generate_top20.json", "Based", -3.079514265060425, 20, 3, "stop", "Based on the given text"),
        First("ollama/native_generate_true_false.json", "False", -0.2837532162666321, 2, 1, "stop", "False"),
        First("ollama/openai_compat_from_source.json", "No", -0.11889, 3, 1, "stop", "No"),

        First("openai/chat_logprobs.json", "Hello", -0.31725305, 2, 9, "stop", "Hello! How can I assist you today?"),
        NoLogprobs("openai/chat_no_logprobs.json", "stop", "Hello! How can I assist you today?"),
        First("openai/completions_legacy_chosen_outside_top5.json", " goal", -10.029023, 5, 1, "length", " goal"),
        First("openai/completions_legacy_stream.jsonl", "\n\n", -0.61127675, 2, 3, null, "\n\nHi."),
        Fails("openai/error_400_max_tokens_reasoning.json", 400, FailureKind.Refused, "(outputLimitField) to maxCompletionTokens"),
        Fails("openai/error_400_temperature_reasoning.json", 400, FailureKind.Refused, "put {\"temperature\": null} into the extra fields"),
        Fails("openai/error_400_unsupported_value.json", 400, FailureKind.Refused, "move the system text into the user prompt"),
        Fails("openai/error_401_invalid_key.json", 401, FailureKind.Unauthorized, "check the key"),
        Fails("openai/error_403_logprobs_reasoning.json", 403, FailureKind.LogprobsUnsupported, "use another model"),
        Fails("openai/error_404_model_not_found.json", 404, FailureKind.NotFound, "gpt-5.2-proo"),
        Fails("openai/error_429_insufficient_quota.json", 429, FailureKind.QuotaExhausted, "raise it with the provider"),
        First("openai/responses_api_logprobs.json", "The", 0, 0, 9, "completed", "The capital of Minas Gerais is Belo Horizonte."),

        Fails("openrouter/error_429_provider.json", 429, FailureKind.RateLimited, "temporarily rate-limited upstream"),

        NoLogprobs("snowflake/chat_logprobs_object_null_content.json", "", "{\"city\": \"Mexico City\""),

        First("tgi/chat_logprobs_from_source.json", "No", -0.125, 2, 2, "stop", "No"),
        NoLogprobs("tgi/chat_no_logprobs.json", "length", "As of your last question"),
        Fails("tgi/error_422_top_n_tokens.json", 422, FailureKind.LogprobsUnsupported, "fewer top log probs"),
        First("tgi/generate_details.json", " le", -1.7822266, 0, 10, "length", " le faire fondre"),

        First("together/chat_logprobs_completions_style.json", "1", -1.0029297, 0, 10, "length", "1. Define the function"),
        Fails("together/error_400_logprobs_max.json", 400, FailureKind.LogprobsUnsupported, "5 is greater than the maximum of 1"),

        First("vllm/chat_logprobs_from_source.json", "No", -0.25, 3, 2, "stop", "No"),
        Fails("vllm/error_400_extra_forbidden.json", 400, FailureKind.Refused, "refuses prompt_logprobs: if it stands in the extra fields"),
        Fails("vllm/error_400_new_nested.json", 400, FailureKind.LogprobsUnsupported, "doesn't support logprobs"),
        Fails("vllm/error_400_old_flat.json", 400, FailureKind.LogprobsUnsupported, "Cannot request more than 5 logprobs"),

        NoLogprobs("xai/chat_reasoning_no_logprobs.json", "stop", "Grok", reasoned: true),
        Fails("xai/error_400_argument.json", 400, FailureKind.Refused, "refuses presencePenalty: if it stands in the extra fields"),
    ];
}
