using System.Text.Json;

using LogprobDashboard.TestSupport;

namespace LogprobDashboard.DemoModel.Tests.Learning;

public sealed class LearningTests
{
    private const string Task = "Question: Is the following SMS message spam?\n\nAnswer with exactly one token: Yes or No.\n\n";
    private const string Slot = "Message:\n{0}\n\nAnswer:\n";

    private const string Descriptions =
        "Yes: advertising and offers from strangers, for example prizes, discounts or loans, with a phone number, a price or a link.\n"
        + "No: what friends, family and colleagues write to each other about plans, work and feelings.\n\n";

    private const string Examples =
        "Message: You are a winner! £1000 cash or a holiday awaits. Call 09005550111 now to claim your prize. Cost 150p per min\nAnswer: Yes\n\n"
        + "Message: cant talk now im in a lecture, will ring you after\nAnswer: No\n\n"
        + "Message: Free logo and tone for your mobile. Text GO to 85550. 16+ only, msgs £1.50 each\nAnswer: Yes\n\n"
        + "Message: Thanks for the lift yesterday, see you on Sunday then\nAnswer: No\n\n"
        + "Message: URGENT we tried to contact you about your award. Reply WIN to 80555 today\nAnswer: Yes\n\n"
        + "Message: what time is dinner? mum is asking\nAnswer: No\n\n"
        + "Message: Meet new friends tonight on our chat line, only 20p a text. www.meet.example\nAnswer: Yes\n\n"
        + "Message: haha no way, i told him the same thing\nAnswer: No\n\n";

    [SkippableFact]
    public void AveragePrecision_OnRecordedMessages_RisesWithWhatThePromptSays()
    {
        var messages = File.ReadLines(SharedData.File("sms-spam/llama3-8b-plain.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(row => (Text: row.GetProperty("text").GetString()!, Spam: row.GetProperty("label").GetString() == "spam")).ToList();

        double Measure(string prompt) => AveragePrecision.Of([.. messages.Select(message => (AveragePrecision.LogOdds(prompt, message.Text, "Yes", "No"), message.Spam))]);

        Assert.Equal(1000, messages.Count);
        Assert.InRange(Measure(Task + Slot), 0.10, 0.22);
        Assert.InRange(Measure(Task + Descriptions + Slot), 0.45, 1);
        Assert.InRange(Measure(Task + Examples + Slot), 0.65, 1);
        Assert.InRange(Measure(Task + Descriptions + Examples + Slot), 0.75, 1);
    }

    [Fact]
    public void Description_OfTheOtherLabel_TurnsTheAnswerRound()
    {
        const string Text = "the casino has prizes";

        var one = AveragePrecision.LogOdds("junk: casino, prizes\nkeep: dinner, homework\n\nText: {0}\nAnswer:", Text, "junk", "keep");
        var other = AveragePrecision.LogOdds("junk: dinner, homework\nkeep: casino, prizes\n\nText: {0}\nAnswer:", Text, "junk", "keep");

        Assert.True(one > 1, $"{one}");
        Assert.True(other < -1, $"{other}");
    }

    [Fact]
    public void Examples_MoreOfThem_MakeTheModelSurer()
    {
        const string One = "Text: the casino has prizes\nAnswer: junk\n\nText: homework before dinner\nAnswer: keep\n\n";
        const string Two = One + "Text: big prizes at the lottery\nAnswer: junk\n\nText: dinner at the station\nAnswer: keep\n\n";

        Assert.True(AveragePrecision.LogOdds(Two + "Text: {0}\nAnswer:", "prizes", "junk", "keep") > AveragePrecision.LogOdds(One + "Text: {0}\nAnswer:", "prizes", "junk", "keep"));
    }

    [Fact]
    public void Examples_InLanguagesWithoutSpacesAndOtherScripts_AreLearnt()
    {
        const string Prompt = "Text: 今日はいい天気ですね。\nLanguage: Japanese\n\nText: 今天天气很好。\nLanguage: Chinese\n\nText: Сегодня хорошая погода.\nLanguage: Russian\n\nText: Η μέρα είναι καλή.\nLanguage: Greek\n\nText: {0}\nLanguage:";

        Assert.Equal("Japanese", Chat.Answer(Chat.Request(Prompt.Replace("{0}", "私は学校へ行きます。", StringComparison.Ordinal)).With("max_tokens", 3)));
        Assert.Equal("Russian", Chat.Answer(Chat.Request(Prompt.Replace("{0}", "Я иду в школу.", StringComparison.Ordinal)).With("max_tokens", 3)));
        Assert.Equal("Greek", Chat.Answer(Chat.Request(Prompt.Replace("{0}", "Πάω στο σχολείο.", StringComparison.Ordinal)).With("max_tokens", 3)));
    }

    [Fact]
    public void Text_WithoutAnyWriting_LeavesLessMassToTheLabels()
    {
        const string Prompt = "junk: casino, prizes\nkeep: dinner, homework\n\nText: {0}\nAnswer:";

        double Coverage(string text) => Chat.Probability(Chat.Request(Prompt.Replace("{0}", text, StringComparison.Ordinal)), "junk")
            + Chat.Probability(Chat.Request(Prompt.Replace("{0}", text, StringComparison.Ordinal)), "keep");

        Assert.True(Coverage("dinner is ready") > Coverage("#$%&/()=?+*~^°§") + 0.1);
    }
}
