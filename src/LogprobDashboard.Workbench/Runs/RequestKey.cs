using System.Security.Cryptography;
using System.Text.Json;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The hash of all that determines an answer: base URL, model, parameters, messages. The key is not part of it.</summary>
internal static class RequestKey
{
    public static byte[] Of(CallSettings settings, IReadOnlyList<PromptMessage> messages)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(new
        {
            settings.BaseUrl,
            settings.Model,
            settings.TopLogprobs,
            settings.AnswerTokens,
            settings.OutputLimitField,
            settings.EffectiveTemperature,
            settings.ExtraBody,
            messages,
        });
        return SHA256.HashData(request);
    }
}
