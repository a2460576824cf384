using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What a person can do about a failure, in a sentence.</summary>
internal static partial class FailureAdvice
{
    /// <summary>Request fields that the product sets, and the setting that governs each.</summary>
    private static readonly (string Field, string Sentence)[] ByField =
    [
        ("max_tokens", "The model does not take max_tokens as it was sent: set the field of the answer's limit (outputLimitField) to maxCompletionTokens."),
        ("max_completion_tokens", "The server does not take max_completion_tokens as it was sent: set the field of the answer's limit (outputLimitField) to maxTokens."),
        ("temperature", "The model refuses the temperature: put {\"temperature\": null} into the extra fields (extraBody), which leaves it out, or set the one that the model allows."),
        ("role", "The model refuses a role: move the system text into the user prompt."),
        ("system", "The model takes no system message: move the system text into the user prompt."),
        ("logprobs", "The server does not take logprobs like this: some want a number there, which goes into the extra fields (extraBody)."),
    ];

    public static string Of(FailureKind kind) => kind switch
    {
        FailureKind.Unauthorized => "The server does not accept the key: check the key and what it may do.",
        FailureKind.NotFound => "The server knows no such model or address: check the model's name and the base URL.",
        FailureKind.RateLimited => "The server wants fewer requests: lower the concurrency or the requests per minute.",
        FailureKind.QuotaExhausted => "The account's quota is used up: raise it with the provider.",
        FailureKind.ContentFiltered => "The server's content filter refused this prompt.",
        FailureKind.LogprobsUnsupported => "The server or model does not give the log probs that were asked for: use another model, or fewer top log probs (topLogprobs).",
        FailureKind.ContextTooLong => "The prompt is longer than the model's context: shorten the prompt or use a model with a longer context.",
        FailureKind.TimedOut => "The server gave up on the call: try again, or lower the concurrency.",
        FailureKind.ServerError => "The server failed: try again later.",
        _ => "The server refused the request.",
    };

    /// <summary>For a refused request: the setting to change, where the field at fault is known.</summary>
    public static string OfRefusal(ErrorBody error)
    {
        if (TooSmall().IsMatch(error.Message) && (error.Field ?? error.Message).Contains("max_", StringComparison.Ordinal))
            return "The server wants a higher limit on the answer: raise the answer tokens (answerTokens).";
        if ((error.Field ?? FieldIn(error.Message)) is not { Length: > 0 } field)
            return Of(FailureKind.Refused);
        foreach (var (name, sentence) in ByField)
        {
            if (Step(field) == name)
                return sentence;
        }

        return $"The server refuses {field}: if it stands in the extra fields (extraBody), change it or take it out.";
    }

    /// <summary>The last step of a path: the role in <c>messages[0].role</c>.</summary>
    private static string Step(string field) => field[(field.LastIndexOf('.') + 1)..];

    private static string? FieldIn(string message) =>
        NamedField().Match(message) is { Success: true } match ? match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value : null;

    /// <summary>Where servers that name the field in their text alone put it.</summary>
    [GeneratedRegex(@"'loc': \('body', '(\w+)'|(?:argument supplied|not supported on this model|not supported with this model|unrecognized request argument|unknown parameter|unsupported parameter|extra (?:field|input)|unknown (?:name|field)|property):? [`'""]?([A-Za-z][\w.]*)[`'""]?|support the parameter [`'""](\w+)[`'""]|(\w+): Extra inputs", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedField();

    [GeneratedRegex(@"at least \d|below (?:the )?minimum|>= ?\d|greater than or equal", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TooSmall();
}
