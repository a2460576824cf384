using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// One call as OpenTelemetry's conventions for generative AI name it: a span "chat MODEL", its duration, its tokens. A failure is told by its kind alone, for a server's
/// own words may repeat the prompt.
/// </summary>
internal static class CallTelemetry
{
    private static readonly Histogram<double> Duration = WorkbenchTelemetry.Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "How long calls to models took, by their outcome.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });

    private static readonly Histogram<long> Tokens = WorkbenchTelemetry.Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of prompts and of answers, as servers counted them.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576] });

    /// <summary>Null where nobody listens.</summary>
    public static Activity? Start(CallSettings settings)
    {
        var activity = WorkbenchTelemetry.Activities.StartActivity($"chat {settings.Model}", ActivityKind.Client);
        if (activity is null)
            return null;
        foreach (var (name, value) in Common(settings))
            activity.SetTag(name, value);
        activity.SetTag("gen_ai.request.max_tokens", settings.AnswerTokens);
        activity.SetTag("gen_ai.request.temperature", settings.EffectiveTemperature);
        return activity;
    }

    /// <summary>Tells how the call ended, and hands its outcome on.</summary>
    public static CallOutcome End(Activity? activity, CallSettings settings, CallOutcome outcome)
    {
        if (activity is not null)
            Describe(activity, outcome);
        if (Duration.Enabled || Tokens.Enabled)
            Measure(settings, outcome);
        return outcome;
    }

    private static void Describe(Activity activity, CallOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            activity.SetTag("error.type", Kind(failure.Kind));
            activity.SetStatus(ActivityStatusCode.Error);
        }
        else if (outcome.Answer is { } answer)
        {
            activity.SetTag("gen_ai.response.model", answer.ServedModel);
            activity.SetTag("gen_ai.usage.input_tokens", answer.PromptTokens);
            activity.SetTag("gen_ai.usage.output_tokens", answer.CompletionTokens);
            if (answer.FinishReason is { } reason)
                activity.SetTag("gen_ai.response.finish_reasons", new[] { reason });
        }
    }

    private static void Measure(CallSettings settings, CallOutcome outcome)
    {
        var tags = new TagList();
        foreach (var (name, value) in Common(settings))
            tags.Add(name, value);
        if (outcome.Answer is { } answer)
        {
            tags.Add("gen_ai.response.model", answer.ServedModel);
            Count(tags, "input", answer.PromptTokens);
            Count(tags, "output", answer.CompletionTokens);
        }
        else if (outcome.Failure is { } failure)
        {
            tags.Add("error.type", Kind(failure.Kind));
        }

        Duration.Record(outcome.LatencyMilliseconds / 1000, tags);
    }

    private static void Count(TagList tags, string type, int? tokens)
    {
        if (tokens is not { } count)
            return;
        tags.Add("gen_ai.token.type", type); // of the copy that this method was given
        Tokens.Record(count, tags);
    }

    private static IEnumerable<(string Name, object Value)> Common(CallSettings settings)
    {
        yield return ("gen_ai.operation.name", "chat");
        yield return ("gen_ai.provider.name", "openai"); // the form of its requests, whoever serves them
        yield return ("gen_ai.request.model", settings.Model);
        if (!Uri.TryCreate(settings.BaseUrl, UriKind.Absolute, out var uri) || uri.IsFile)
        {
            yield return ("server.address", settings.BaseUrl); // inside this process
            yield break;
        }

        yield return ("server.address", uri.Host);
        yield return ("server.port", uri.Port);
    }

    private static string Kind(FailureKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
