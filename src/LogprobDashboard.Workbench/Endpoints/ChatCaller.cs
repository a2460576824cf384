using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Makes one scored call through Semantic Kernel's OpenAI chat completion service. Expected failures are results, never exceptions.</summary>
internal sealed class ChatCaller(BuiltInServers builtIn, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string BaseUrl, string Model, string? ApiKey), IChatCompletionService> _services = new();
    private readonly ConcurrentDictionary<string, HttpClient> _builtInClients = new();
    private readonly Lazy<HttpClient> _network = new(() => Client(new SocketsHttpHandler
    {
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        UseCookies = false, // endpoints with other keys may share a host
        AllowAutoRedirect = false, // a redirect would turn the POST into a GET, or carry the prompt elsewhere
        MaxConnectionsPerServer = 1024,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(30),
    }));

    /// <summary>A call within the endpoint's limits.</summary>
    public async Task<CallOutcome> CallAsync(EndpointGate gate, CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken)
    {
        using var place = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await CallAsync(target, messages, cancellationToken).ConfigureAwait(false);
        gate.Charge((outcome.Answer?.PromptTokens ?? 0) + (outcome.Answer?.CompletionTokens ?? 0));
        return outcome;
    }

    public async Task<CallOutcome> CallAsync(CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken)
    {
        var exchange = new CompletionExchange(target.Settings, target.ApiKey);
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(target.Settings.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            CompletionExchange.Current = exchange;
            await Service(target).GetChatMessageContentAsync(History(messages), Settings(target.Settings), kernel: null, either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested && exchange.Answer is null && exchange.Failure is null)
        {
            throw new OperationCanceledException(cancellationToken); // however the transport tells it
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What came is kept, even where the call was stopped meanwhile.
            if (exchange.Answer is null)
                exchange.Failure ??= Describe(exception, timeout.IsCancellationRequested, target);
        }
        finally
        {
            CompletionExchange.Current = null;
        }

        return Outcome(exchange, target, time.GetElapsedTime(started).TotalMilliseconds);
    }

    public void Dispose()
    {
        if (_network.IsValueCreated)
            _network.Value.Dispose();
        foreach (var client in _builtInClients.Values)
            client.Dispose();
    }

    private static CallOutcome Outcome(CompletionExchange exchange, CallTarget target, double latency)
    {
        if (exchange.Answer is { } answer)
            return new CallOutcome(answer, null, latency);
        var failure = exchange.Failure ?? new CallFailure(FailureKind.Malformed, "The server sent no answer.");
        return new CallOutcome(null, failure with { Message = Redaction.Apply(failure.Message, target.ApiKey) }, latency); // an exception's words may hold it too
    }

    private static CallFailure Describe(Exception exception, bool timedOut, CallTarget target)
    {
        if (timedOut)
            return new CallFailure(FailureKind.TimedOut, FormattableString.Invariant($"No whole answer came within {target.Settings.TimeoutSeconds} seconds. Raise the endpoint's time-out, or lower its concurrency."));
        var cause = exception.GetBaseException();
        return cause is HttpRequestException or IOException or System.Net.Sockets.SocketException
            ? new CallFailure(FailureKind.Unreachable, $"{target.Settings.Host} cannot be reached, or hung up: {cause.Message} Check that the server runs and that the base URL is right.")
            : new CallFailure(FailureKind.Malformed, $"The call failed: {cause.Message}");
    }

    private static ChatHistory History(IReadOnlyList<PromptMessage> messages)
    {
        var history = new ChatHistory();
        foreach (var message in messages)
        {
            if (message.Role == "system")
                history.AddSystemMessage(message.Content);
            else
                history.AddUserMessage(message.Content);
        }

        return history;
    }

    private static OpenAIPromptExecutionSettings Settings(CallSettings settings) => new()
    {
        Logprobs = true,
        TopLogprobs = settings.TopLogprobs,
        MaxTokens = settings.AnswerTokens,
        Temperature = settings.EffectiveTemperature,
    };

    private IChatCompletionService Service(CallTarget target) =>
        _services.GetOrAdd((target.Settings.BaseUrl, target.Settings.Model, target.ApiKey), key =>
        {
            var options = new OpenAIClientOptions
            {
                Endpoint = builtIn.Has(key.BaseUrl) ? new Uri("http://built-in.invalid" + key.BaseUrl) : new Uri(key.BaseUrl),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // a failure is told, not hidden behind further calls
                NetworkTimeout = Timeout.InfiniteTimeSpan, // the call's own time-out bounds all of it, body included
                Transport = new HttpClientPipelineTransport(HttpClientFor(key.BaseUrl)),
            };
            return new OpenAIChatCompletionService(key.Model, new OpenAIClient(new ApiKeyCredential(key.ApiKey ?? "none"), options));
        });

    private HttpClient HttpClientFor(string baseUrl) =>
        builtIn.Has(baseUrl) ? _builtInClients.GetOrAdd(baseUrl, url => Client(builtIn.Open(url)!)) : _network.Value;

    private static HttpClient Client(HttpMessageHandler handler) => new(new CompletionWireHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
}
