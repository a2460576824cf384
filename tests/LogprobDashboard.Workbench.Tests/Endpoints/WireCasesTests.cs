using System.Net;
using System.Text;
using System.Text.Json;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

public sealed class WireCasesTests
{
    private static readonly string[] NoSamples = ["README.md", "index.json"];

    private static readonly PromptMessage[] Prompt = [new("user", "Is this spam? Yes or No.")];

    public static TheoryData<string> Files => [.. WireCases.All.Select(wire => wire.File)];

    [SkippableFact]
    public void Cases_OfTheFolder_AreComplete()
    {
        var root = Path.GetDirectoryName(SharedData.File("wire/index.json"))!;
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Except(NoSamples).Order(StringComparer.Ordinal);

        Assert.Equal(files, WireCases.All.Select(wire => wire.File).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Cases_OfTheIndex_HaveItsStatuses()
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(SharedData.File("wire/index.json")));

        Assert.Equal(
            index.RootElement.EnumerateArray().Select(entry => (entry.GetProperty("file").GetString()!, entry.GetProperty("http_status").GetInt32())).OrderBy(entry => entry.Item1, StringComparer.Ordinal),
            WireCases.All.Select(wire => (wire.File, wire.Status)).OrderBy(entry => entry.File, StringComparer.Ordinal));
    }

    /// <summary>The body as it is, over a socket, with Semantic Kernel as the caller.</summary>
    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Call_AnsweredByARecordedBody_IsReadAsAPersonReadsIt(string file)
    {
        var wire = WireCases.All.Single(one => one.File == file);
        var body = await File.ReadAllTextAsync(SharedData.File("wire/" + file));
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, wire.Status, body));

        AssertOutcome(wire, await CallAsync(server));
        Assert.Equal("/v1/chat/completions", Assert.Single(server.Requests).Path);
    }

    /// <summary>The reader alone, as it serves recorded answers that are imported.</summary>
    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Read_OfARecordedBody_IsTheSame(string file)
    {
        var wire = WireCases.All.Single(one => one.File == file);
        var body = File.ReadAllBytes(SharedData.File("wire/" + file));

        var (answer, failure) = wire.Status == 200 ? CompletionReader.Read(body) : (null, WireError.Read((HttpStatusCode)wire.Status, null, body));

        AssertOutcome(wire, new CallOutcome(answer, failure, 0));
    }

    /// <summary>The same parts as server-sent events, which some servers send although none were asked for.</summary>
    [SkippableTheory]
    [InlineData("azure/chat_stream_first_chunks.jsonl")]
    [InlineData("openai/completions_legacy_stream.jsonl")]
    [InlineData("lmdeploy/chat_stream_chunk.json")]
    [InlineData("openai/chat_logprobs.json")]
    public async Task Call_AnsweredByAStream_IsPutTogether(string file)
    {
        var lines = file.EndsWith(".jsonl", StringComparison.Ordinal)
            ? await File.ReadAllLinesAsync(SharedData.File("wire/" + file))
            : [JsonSerializer.Serialize(JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.File("wire/" + file))).RootElement)];
        var events = ": keep-alive\n\n" + string.Concat(lines.Select(line => $"event: message\r\ndata: {line}\r\n\r\n")) + "data: [DONE]\n\n";
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(events));
        });

        AssertOutcome(WireCases.All.Single(one => one.File == file), await CallAsync(server));
    }

    [Fact]
    public async Task Call_AStreamThatIsCutOff_IsMalformed()
    {
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, 200, "data: {\"choices\":[{\"delta\":{\"content\":\"Y\"}}]}\n\ndata: {\"choices\":[{\"del"));

        Assert.Equal(FailureKind.Malformed, (await CallAsync(server)).Failure!.Kind);
    }

    private static void AssertOutcome(WireCase wire, CallOutcome outcome)
    {
        if (wire.Failure is { } kind)
        {
            Assert.Null(outcome.Answer);
            Assert.Equal(kind, outcome.Failure!.Kind);
            Assert.Contains(wire.Words, outcome.Failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-x", outcome.Failure.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Null(outcome.Failure);
        var answer = outcome.Answer!;
        var first = answer.Positions.Count > 0 ? answer.Positions[0] : null;
        Assert.Equal((wire.Token, wire.Logprob, wire.Alternatives), (first?.Chosen.Token, first?.Chosen.LogProbability, first?.TopLogprobs.Count ?? 0));
        Assert.Equal((wire.Positions, wire.FinishReason, wire.Reasoned), (answer.Positions.Count, answer.FinishReason, answer.Reasoned));
        Assert.StartsWith(wire.Text, answer.Text, StringComparison.Ordinal);
    }

    private static async Task<CallOutcome> CallAsync(ScriptedServer server)
    {
        using var caller = new ChatCaller(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()), TimeProvider.System);
        return await caller.CallAsync(new CallTarget(new CallSettings(server.BaseUrl, "m", 20, 30, 1, OutputLimitField.MaxTokens, null, null), null), Prompt, CancellationToken.None);
    }
}
