using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>Where the processor time of one sample goes: each layer on its own, and the calls as a whole, in microseconds.</summary>
internal static class LayersBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (samples, concurrency) = (Options.Number(args, "--samples", 10_000), Options.Number(args, "--concurrency", 64));
        Console.WriteLine(Machine.Describe());
        await using var server = ChildProcess.Start("serve-instant");
        var url = await server.ReadAsync("listening ");
        using var temporary = new TemporaryDirectory();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>()))
            .Configure<WorkbenchOptions>(options => options.DataDirectory = temporary.Path)
            .AddWorkbench()
            .BuildServiceProvider();
        var target = new CallTarget(new CallSettings(url, "m", 20, 60, 1, OutputLimitField.MaxTokens, null, null), null);
        var caller = services.GetRequiredService<ChatCaller>();
        IReadOnlyList<PromptMessage> Prompt(int index) => [new("system", Messages.System), new("user", Messages.Question + Messages.Of(index))];

        var body = await BodyAsync(url);
        var answer = CompletionReader.Read(body).Answer!;
        var reader = LabelReaders.For([new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])]);
        var pair = Pair();
        await CallsAsync(1000);
        Say("one call: Semantic Kernel, HTTP, repairs and reading", await ProcessorTimeAsync(samples, CallsAsync));
        Say("  of it reading the answer's JSON", Time(samples, index => CompletionReader.Read(body)));
        Say("filling in the prompt", Time(samples, index => pair.Render(new SampleRecord(index, null, Messages.Of(index), null, null, new Dictionary<string, object?>()))));
        Say("hashing the request", Time(samples, index => RequestKey.Of(target.Settings, Prompt(index))));
        Say("reading the labels", Time(samples, _ => reader.Read(answer.Positions, answer.Text)));
        Say("packing the answer", Time(samples, _ => AnswerCodec.Encode(answer.Positions)));
        Console.WriteLine("The rest of what \"runs\" tells is reading samples, SQLite, and waking threads.");
        return 0;

        Task CallsAsync(int count) => Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (index, stop) =>
        {
            if ((await caller.CallAsync(target, Prompt(index), stop)).Answer is null)
                throw new InvalidOperationException("A call failed.");
        });
    }

    private static PromptPair Pair()
    {
        var dataset = new DatasetRecord("1", "d", "", 1, ["text", "label"], "text", "label", null, null, [], [], "d.csv", 1, "csv", "utf-8", ",", null, true, [], DateTimeOffset.UnixEpoch);
        return PromptPair.Parse(Messages.System, Messages.Question + "{{ text }}", new PromptScope(dataset.Columns, dataset.LabelColumn, ["spam", "ham"]), dataset);
    }

    private static async Task<byte[]> BodyAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(new Uri(url + "/chat/completions"), new StringContent("{}"));
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static double Time(int count, Action<int> act)
    {
        for (var index = 0; index < count / 5; index++)
            act(index);
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < count; index++)
            act(index);
        return watch.Elapsed.TotalMicroseconds / count;
    }

    private static async Task<double> ProcessorTimeAsync(int count, Func<int, Task> act)
    {
        using var self = Process.GetCurrentProcess();
        var before = Machine.ProcessorTime(self);
        await act(count);
        return (Machine.ProcessorTime(self) - before).TotalMicroseconds / count;
    }

    private static void Say(string layer, double microseconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer,-52} {microseconds,8:F1} us"));
}
