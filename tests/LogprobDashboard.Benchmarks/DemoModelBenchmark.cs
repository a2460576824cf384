using System.Globalization;
using System.Text.Json;

using LogprobDashboard.DemoModel;
using LogprobDashboard.TestSupport;

namespace LogprobDashboard.Benchmarks;

/// <summary>
/// Average precision of the demo model on the 1,000 recorded SMS texts for four prompts (nothing, a line of description a label, four examples a label, both),
/// and answers per second on one core. Descriptions and examples were written for this file, before any text of the data was scored with them.
/// </summary>
internal static class DemoModelBenchmark
{
    private const string Descriptions = """
        Yes: unsolicited advertising sent to many people, such as prizes, free offers, subscriptions or dating services, with a phone number to call, a code to text, a price or a link.
        No: a personal message between people who know each other, such as plans, questions, family, feelings, work or thanks.
        """;

    private const string Examples = """
        Message: CONGRATS! You have been selected for a free weekend in Rome worth £500. To claim call 0900 555 0142 before Friday. 18+ only
        Answer: Yes

        Message: running late, bus is stuck in traffic. start dinner without me ok?
        Answer: No

        Message: New ringtones every week! Text TUNE to 55501 to subscribe, just £3 per week. Reply STOP to end
        Answer: Yes

        Message: Did you get the notes from class? I was asleep lol
        Answer: No

        Message: Single and bored? Chat live with people near you now. Txt MEET to 55520, 150p/msg, www.example.test
        Answer: Yes

        Message: Happy birthday my dear, hope you have a lovely day. Love you
        Answer: No

        Message: FINAL NOTICE: your mobile bonus of £200 cash is waiting. Call 0870 555 0199 from a landline to collect your award
        Answer: Yes

        Message: Ok, i'll be there at 7. do u want me to bring anything?
        Answer: No

        """;

    public static int Run(string[] args)
    {
        var messages = File.ReadLines(SharedData.File("sms-spam/llama3-8b-plain.jsonl")).Select(ReadMessage).ToList();
        var completions = new DemoChatCompletions();
        foreach (var (name, prompt) in Prompts())
        {
            var scores = messages.Select(message => Score(completions, Request(prompt, message.Text))).ToList();
            var ap = AveragePrecision([.. messages.Zip(scores, (message, score) => (score, message.Label == "spam"))]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} average precision {ap:F3}"));
        }

        PrintRate(completions, [.. messages.Select(message => Request(Prompts().Last().Prompt, message.Text))]);
        return 0;
    }

    private static IEnumerable<(string Name, string Prompt)> Prompts()
    {
        const string Task = "Question: Is the following SMS message spam?\n\nAnswer with exactly one token: Yes or No.\n\n";
        const string Slot = "Message:\n{text}\n\nAnswer:\n";
        yield return ("nothing", Task + Slot);
        yield return ("a line a label", Task + Descriptions + "\n\n" + Slot);
        yield return ("four examples a label", Task + Examples + Slot);
        yield return ("both", Task + Descriptions + "\n\n" + Examples + Slot);
    }

    private static byte[] Request(string prompt, string text) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        model = DemoChatCompletions.ModelName,
        messages = new[] { new { role = "user", content = prompt.Replace("{text}", text, StringComparison.Ordinal) } },
        max_tokens = 1,
        logprobs = true,
        top_logprobs = 20,
    });

    private static double Score(DemoChatCompletions completions, byte[] request)
    {
        using var answer = JsonDocument.Parse(completions.Answer(request).Json);
        double yes = 0, no = 0;
        foreach (var token in answer.RootElement.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0].GetProperty("top_logprobs").EnumerateArray())
        {
            var word = token.GetProperty("token").GetString()!.Trim().ToUpperInvariant();
            yes += word == "YES" ? Math.Exp(token.GetProperty("logprob").GetDouble()) : 0;
            no += word == "NO" ? Math.Exp(token.GetProperty("logprob").GetDouble()) : 0;
        }

        return Math.Log(yes) - Math.Log(no);
    }

    private static double AveragePrecision(IReadOnlyList<(double Score, bool Positive)> samples)
    {
        int found = 0, taken = 0;
        var positives = samples.Count(sample => sample.Positive);
        var sum = 0.0;
        foreach (var tie in samples.GroupBy(sample => sample.Score).OrderByDescending(group => group.Key))
        {
            var hits = tie.Count(sample => sample.Positive);
            found += hits;
            taken += tie.Count();
            sum += (double)hits / positives * found / taken;
        }

        return sum;
    }

    /// <summary>Answers per second of processor time, after the code is warm; the requests come from one thread.</summary>
    private static void PrintRate(DemoChatCompletions completions, byte[][] requests)
    {
        const int Rounds = 5;
        for (var round = 0; round < 2 * Rounds; round++)
            AnswerAll();
        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
            AnswerAll();
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rounds * requests.Length / seconds:F0} answers a second on one core"));

        void AnswerAll()
        {
            foreach (var request in requests)
                completions.Answer(request);
        }
    }

    private static (string Text, string Label) ReadMessage(string line)
    {
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("text").GetString()!, json.RootElement.GetProperty("label").GetString()!);
    }
}
