using System.Security.Cryptography;

using LogprobDashboard.DemoModel.Answering;
using LogprobDashboard.DemoModel.Learning;
using LogprobDashboard.DemoModel.Reading;
using LogprobDashboard.DemoModel.Wire;

namespace LogprobDashboard.DemoModel;

/// <summary>
/// The demo model behind OpenAI's chat completions: bytes of a request in, bytes of a response out. The same request always gets the same answer
/// (but for <c>created</c>). Safe for any number of threads.
/// </summary>
public sealed class DemoChatCompletions
{
    /// <summary>The one model that is served.</summary>
    public const string ModelName = ChatRequestReader.Model;

    /// <summary>Longer requests are refused.</summary>
    public const int MaxRequestBytes = 4 * 1024 * 1024;

    private readonly TimeProvider _time;
    private readonly LearntPrompts _learnt = new(capacity: 64);

    public DemoChatCompletions(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Answers <c>POST …/chat/completions</c>.</summary>
    public DemoResponse Answer(ReadOnlyMemory<byte> requestBody)
    {
        if (requestBody.Length > MaxRequestBytes)
            return WireWriter.Error(WireError.TooLong(MaxRequestBytes));
        var error = ChatRequestReader.Read(requestBody, out var request);
        if (request is null)
            return WireWriter.Error(error!);

        var (sample, frame) = SampleLocator.Locate(request.Messages);
        var prompt = _learnt.Get(frame);
        var answer = AnswerPath.Generate(prompt.Score(sample), request.MaxTokens);
        var id = Convert.ToHexStringLower(SHA256.HashData(requestBody.Span).AsSpan(0, 12));
        return WireWriter.Completion(request, answer, id, _time.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <summary>Answers <c>GET …/models</c>, or <c>GET …/models/{model}</c> where one is named.</summary>
    public DemoResponse Models(string? model = null) => model switch
    {
        null or "" => WireWriter.ModelList(),
        ModelName => WireWriter.SingleModel(),
        _ => WireWriter.Error(WireError.UnknownModel(model)),
    };
}
