using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Sorts an error by kind. Codes and named fields come first; free text decides only where they are silent, only at the statuses at which servers
/// speak of such things, and never by words that the prompt put there.
/// </summary>
internal static partial class ErrorKinds
{
    private static readonly Dictionary<string, FailureKind> ByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invalid_api_key"] = FailureKind.Unauthorized,
        ["API_KEY_INVALID"] = FailureKind.Unauthorized,
        ["authentication_error"] = FailureKind.Unauthorized,
        ["invalid_authentication"] = FailureKind.Unauthorized,
        ["UNAUTHENTICATED"] = FailureKind.Unauthorized,
        ["model_not_found"] = FailureKind.NotFound,
        ["not_found_error"] = FailureKind.NotFound,
        ["NOT_FOUND"] = FailureKind.NotFound,
        ["NotFoundError"] = FailureKind.NotFound,
        ["DeploymentNotFound"] = FailureKind.NotFound,
        ["insufficient_quota"] = FailureKind.QuotaExhausted,
        ["insufficient_balance"] = FailureKind.QuotaExhausted,
        ["insufficient_user_quota"] = FailureKind.QuotaExhausted,
        ["quota_exceeded"] = FailureKind.QuotaExhausted,
        ["billing_hard_limit_reached"] = FailureKind.QuotaExhausted,
        ["billing_not_active"] = FailureKind.QuotaExhausted,
        ["rate_limit_exceeded"] = FailureKind.RateLimited,
        ["rate_limit_error"] = FailureKind.RateLimited,
        ["rate_limited"] = FailureKind.RateLimited,
        ["too_many_requests"] = FailureKind.RateLimited,
        ["content_filter"] = FailureKind.ContentFiltered,
        ["content_policy_violation"] = FailureKind.ContentFiltered,
        ["ResponsibleAIPolicyViolation"] = FailureKind.ContentFiltered,
        ["data_inspection_failed"] = FailureKind.ContentFiltered,
        ["context_length_exceeded"] = FailureKind.ContextTooLong,
        ["exceed_context_size_error"] = FailureKind.ContextTooLong,
        ["string_above_max_length"] = FailureKind.ContextTooLong,
        ["overloaded_error"] = FailureKind.ServerError,
        ["engine_overloaded"] = FailureKind.ServerError,
        ["UNAVAILABLE"] = FailureKind.ServerError,
        ["DEADLINE_EXCEEDED"] = FailureKind.TimedOut,
    };

    private static readonly (Regex Words, int[] Statuses, FailureKind Kind)[] ByWords =
    [
        (KeyWords(), [400, 403], FailureKind.Unauthorized),
        (QuotaWords(), [200, 400, 403, 429], FailureKind.QuotaExhausted),
        (FilterWords(), [200, 400, 403, 422, 451], FailureKind.ContentFiltered),
        (ContextWords(), [200, 400, 422, 500], FailureKind.ContextTooLong),
        (LogprobWords(), [200, 400, 403, 405, 422, 500, 501], FailureKind.LogprobsUnsupported),
        (ParameterWords(), [404], FailureKind.LogprobsUnsupported),
        (ModelWords(), [200, 400, 422], FailureKind.NotFound),
    ];

    /// <param name="status">The answer's own status; an error that came with 200 counts as the status that it names.</param>
    /// <param name="error">What the body says.</param>
    /// <param name="text">Its text, without what stands in the prompt.</param>
    public static FailureKind Of(int status, ErrorBody error, string text)
    {
        if (status == 200 && error.Status is >= 400 and < 600 and var inner)
            status = inner;
        if (status is 401 or 402 or 413)
            return ByStatus(status); // they say it all, whatever else is said
        foreach (var code in error.Codes)
        {
            if (ByCode.TryGetValue(code, out var kind))
                return kind;
        }

        if (error.Field is { } field && LogprobWords().IsMatch(field))
            return FailureKind.LogprobsUnsupported;
        foreach (var (words, statuses, kind) in ByWords)
        {
            if (!statuses.Contains(status) || !words.IsMatch(text) || (kind == FailureKind.LogprobsUnsupported && error.Field is not null))
                continue;
            return kind == FailureKind.QuotaExhausted && error.RetryDelay is not null ? FailureKind.RateLimited : kind; // "quota" of a minute, says Google
        }

        return ByStatus(status);
    }

    private static FailureKind ByStatus(int status) => status switch
    {
        401 or 403 => FailureKind.Unauthorized,
        402 => FailureKind.QuotaExhausted,
        404 or 405 => FailureKind.NotFound,
        408 or 504 or 522 or 524 => FailureKind.TimedOut,
        413 => FailureKind.ContextTooLong,
        425 or 429 => FailureKind.RateLimited,
        451 => FailureKind.ContentFiltered,
        >= 500 or 200 => FailureKind.ServerError,
        _ => FailureKind.Refused,
    };

    [GeneratedRegex(@"(?:incorrect|invalid|wrong|missing|no) api[ _-]?key|api[ _-]?key (?:is )?(?:not valid|invalid|expired|missing)|authentication fail", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyWords();

    [GeneratedRegex(@"exceeded your (?:current |monthly |daily )?quota|quota (?:is |was |has been )?(?:exhausted|exceeded|used up)|insufficient (?:balance|quota|credits?|funds)|credit balance is too low|(?:out of|used all(?: available)?|requires more|not enough) credits", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuotaWords();

    [GeneratedRegex(@"content management policy|content[ _-]filter|(?:flagged|blocked) (?:by|for|as|due to)|(?:content|usage|safety) polic(?:y|ies)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilterWords();

    [GeneratedRegex(@"context[ _](?:length|window|size)|maximum (?:context|input|prompt) |(?:prompt|input|request) (?:is |was )?too (?:long|large)|too many (?:input |prompt )?tokens|must have less than \d+ tokens|tokens \+ `?max_new_tokens|exceeds? (?:the )?(?:model'?s? )?(?:maximum |available )?(?:context|number of tokens)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContextWords();

    /// <summary>The fields' names as words of their own: not <c>prompt_logprobs</c>, and not where a request is shown with its values.</summary>
    [GeneratedRegex(@"(?<![\w])(?:top_)?log_?probs?(?![\w])(?!['""]\s*:\s*(?:true|\d|null|none))|log[ -]probabilit|top_n_tokens", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LogprobWords();

    /// <summary>OpenRouter, where no provider takes all the fields.</summary>
    [GeneratedRegex(@"(?:requested|all) parameters", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ParameterWords();

    [GeneratedRegex(@"model\b.{0,80}\b(?:not (?:exist|found)|unknown)|(?:unknown|invalid|no such) model", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelWords();
}
