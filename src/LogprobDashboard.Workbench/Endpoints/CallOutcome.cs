using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Why a call gave no answer.</summary>
public enum FailureKind
{
    Unauthorized,
    NotFound,
    RateLimited,
    QuotaExhausted,
    ContentFiltered,
    LogprobsUnsupported,
    ContextTooLong,
    TimedOut,
    Unreachable,
    ServerError,
    Malformed,

    /// <summary>The server refused the request for another reason.</summary>
    Refused,

    /// <summary>The prompt of this sample could not be rendered, or is empty.</summary>
    PromptUnusable,
}

/// <summary>A failure with a sentence for a person; keys are taken out of it.</summary>
/// <param name="RetryAfter">How long the server asked to be left alone; null where it said nothing.</param>
public sealed record CallFailure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null);

/// <summary>What a server answered: every generated position as it came, and the bill.</summary>
/// <param name="Reasoned">The model wrote thoughts besides the answer.</param>
internal sealed record ReceivedAnswer(
    IReadOnlyList<AnswerPosition> Positions,
    string Text,
    string? FinishReason,
    string? ServedModel,
    int? PromptTokens,
    int? CompletionTokens,
    bool Reasoned = false);

/// <summary>One call: exactly one of answer and failure is there.</summary>
internal sealed record CallOutcome(ReceivedAnswer? Answer, CallFailure? Failure, double LatencyMilliseconds);

/// <summary>One chat message.</summary>
/// <param name="Role"><c>system</c> or <c>user</c>.</param>
/// <param name="Content">The text, as it goes out.</param>
public sealed record PromptMessage(string Role, string Content);
