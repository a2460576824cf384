using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Makes one scored call through Semantic Kernel's OpenAI chat completion service. Expected failures are results, never exceptions.</summary>
internal sealed class ChatCaller : IDisposable
{
    private readonly BuiltInServers _builtIn;
    private readonly TimeProvider _time;
    private readonly ChatServices _services;
    private readonly ConcurrentDictionary<string, HttpClient> _builtInClients = new();
    private readonly Lazy<HttpClient> _network;

    public ChatCaller(BuiltInServers builtIn, TimeProvider time)
    {
        (_builtIn, _time) = (builtIn, time);
        _services = new ChatServices(Make, time);
        _network = new Lazy<HttpClient>(() => Client(new SocketsHttpHandler
        {
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            UseCookies = false, // endpoints with other keys may share a host
            AllowAutoRedirect = false, // a redirect would turn the POST into a GET, or carry the prompt elsewhere
            MaxConnectionsPerServer = 1024,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        }));
    }

    /// <summary>How many services, each with its key, are kept for further calls.</summary>
    internal int KeptServices => _services.Count;

    /// <summary>A call within the endpoint's limits that belongs to no run.</summary>
    public Task<CallOutcome> CallAsync(EndpointGate gate, CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken) =>
        CallAsync(gate, EndpointGate.NoRun, target, messages, cancellationToken, cancellationToken);

    /// <summary>A call within the endpoint's limits.</summary>
    /// <param name="line">The run that it belongs to.</param>
    /// <param name="begin">Until the call begins: ends the wait for its turn.</param>
    /// <param name="cancellationToken">Ends the call itself, too.</param>
    public async Task<CallOutcome> CallAsync(EndpointGate gate, long line, CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken begin, CancellationToken cancellationToken)
    {
        using var place = await gate.EnterAsync(line, begin).ConfigureAwait(false);
        begin.ThrowIfCancellationRequested();
        var outcome = await CallAsync(target, messages, cancellationToken).ConfigureAwait(false);
        place.Tell(outcome);
        return outcome;
    }

    public Task<CallOutcome> CallAsync(CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken) =>
        CallAsync(_services.For(target), target, messages, cancellationToken);

    /// <summary>A call to an endpoint that is not saved: nothing of it, least of all its key, is kept.</summary>
    public Task<CallOutcome> CallOnceAsync(CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken) =>
        CallAsync(_services.Once(target), target, messages, cancellationToken);

    private async Task<CallOutcome> CallAsync(IChatCompletionService service, CallTarget target, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken)
    {
        using var activity = CallTelemetry.Start(target.Settings);
        var exchange = new CompletionExchange(target.Settings, target.ApiKey, messages);
        var started = _time.GetTimestamp();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(target.Settings.TimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            CompletionExchange.Current = exchange;
            await service.GetChatMessageContentAsync(History(messages), Settings(target.Settings), kernel: null, either.Token).ConfigureAwait(false);
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

        return CallTelemetry.End(activity, target.Settings, Outcome(exchange, target, _time.GetElapsedTime(started).TotalMilliseconds));
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

    private OpenAIChatCompletionService Make(ChatServices.Key key)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = _builtIn.Has(key.BaseUrl) ? new Uri("http://built-in.invalid" + key.BaseUrl) : new Uri(key.BaseUrl),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // a failure is told, not hidden behind further calls
            NetworkTimeout = Timeout.InfiniteTimeSpan, // the call's own time-out bounds all of it, body included
            Transport = new HttpClientPipelineTransport(HttpClientFor(key.BaseUrl)),
        };
        return new OpenAIChatCompletionService(key.Model, new OpenAIClient(new ApiKeyCredential(key.ApiKey ?? "none"), options));
    }

    private HttpClient HttpClientFor(string baseUrl) =>
        _builtIn.Has(baseUrl) ? _builtInClients.GetOrAdd(baseUrl, url => Client(_builtIn.Open(url)!)) : _network.Value;

    private HttpClient Client(HttpMessageHandler handler) => new(new CompletionWireHandler(handler, _time)) { Timeout = Timeout.InfiniteTimeSpan };
}
