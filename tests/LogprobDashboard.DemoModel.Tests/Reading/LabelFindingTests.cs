namespace LogprobDashboard.DemoModel.Tests.Reading;

/// <summary>Prompts as people write them: the labels must come out, and the words of a label's own line must lead to it.</summary>
public sealed class LabelFindingTests
{
    public static TheoryData<string, string[]> Prompts => new()
    {
        { "Question: Is the following SMS message spam?\n\nAnswer with exactly one token: Yes or No.\n\nMessage:\n{0}\n\nAnswer:\n", ["Yes", "No"] },
        { "\nYou are a strict classifier.\n\nReturn Yes only if it contains\nclear, explicit indicators\nof spam.\n\nIf there is any reasonable doubt, return No\n\nDo not guess.\n\nAnswer with only one token: \"Yes\" or \"No\".\n\nText:\n{0}\n\nAnswer:\n", ["Yes", "No"] },
        { "Classify the text as one of: billing, bug, feature request, other.\n\nText: {0}\n\nLabel:", ["billing", "bug", "feature", "other"] },
        { "Classify the message into spam or ham. Reply with one word.\n\n{0}", ["spam", "ham"] },
        { "Is this spam or ham?\n\n\"\"\"\n{0}\n\"\"\"", ["spam", "ham"] },
        { "Labels: positive, negative, neutral\nText: {0}\nLabel:", ["positive", "negative", "neutral"] },
        { "Choose one of the following categories:\n- sports\n- politics\n- science\n\nText: {0}\nCategory:", ["sports", "politics", "science"] },
        { "spam: unsolicited advertising with prizes\nham: everything else, private talk\n\nMessage: {0}\nAnswer:", ["spam", "ham"] },
        { "Topics:\n- **sports** – matches and players\n- **politics** – elections and laws\n\nAnswer with the topic only.\n\n<text>\n{0}\n</text>", ["sports", "politics"] },
        { "Which category does the ticket belong to?\nA = billing\nB = bug\nC = other\nAnswer with the letter.\n\nTicket: {0}\nAnswer:", ["A", "B", "C"] },
        { "A. billing\nB. bug\nC. other\n\nTicket: {0}\nAnswer:", ["A", "B", "C"] },
        { "1. billing\n2. bug\n3. other\n\nReply with the number of the category.\n\nTicket: {0}\nNumber:", ["1", "2", "3"] },
        { "1. billing\n2. bug\n3. other\n\nReply with the name of the category.\n\nTicket: {0}\nCategory:", ["billing", "bug", "other"] },
        { "Rate the urgency from 1 to 10.\n\nTicket: {0}\nRating:", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] },
        { "Answer with a letter from A to J.\n\nText: {0}\nAnswer:", ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"] },
        { "Sentiment (positive/negative)?\n\nReview: {0}\nSentiment:", ["positive", "negative"] },
        { "Return 'toxic' or 'fine' and nothing else.\n\nComment: {0}", ["toxic", "fine"] },
        { "Message: win a prize\nAnswer: junk\n\nMessage: see you later\nAnswer: keep\n\nMessage: {0}\nAnswer:", ["junk", "keep"] },
        { "\"win a prize\" -> junk\n\"see you later\" -> keep\n\"{0}\" ->", ["junk", "keep"] },
        { "\"win a prize\" => junk\n\"see you later\" => keep\n\"{0}\" =>", ["junk", "keep"] },
        { "Text: \"win a prize\" → junk\nText: \"see you later\" → keep\nText: \"{0}\" →", ["junk", "keep"] },
        { "{\"text\": \"win a prize\", \"label\": \"junk\"}\n{\"text\": \"see you later\", \"label\": \"keep\"}\n\nText: {0}\nLabel:", ["junk", "keep"] },
        { "Text: win a prize. Label: junk\nText: see you later. Label: keep\nText: {0} Label:", ["junk", "keep"] },
        { "What is the language? One of English, German, French, Spanish, Italian, Dutch, Polish, Swedish, Finnish, Turkish.\n\nSentence: {0}\nLanguage:", ["English", "German", "French", "Spanish", "Italian", "Dutch", "Polish", "Swedish", "Finnish", "Turkish"] },
        { "Answer en for English, de for German or fr for French.\nUse exactly one of [en, de, fr].\n\nText: {0}", ["en", "de", "fr"] },
        { "Is the text below toxic?\n\nText: {0}\n\nAnswer:", ["Yes", "No"] },
    };

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Labels_InAnyStyle_TakeNearlyAllMass(string template, string[] labels)
    {
        var request = Chat.Request(template.Replace("{0}", "the quick brown fox is here", StringComparison.Ordinal));

        var masses = labels.Select(label => Chat.Probability(request, label)).ToList();

        Assert.All(masses, mass => Assert.True(mass > 0, $"{string.Join(' ', masses)}; {Chat.Answer(request)}"));
        Assert.InRange(masses.Sum(), 0.9, 1);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Labels_AskedForInASystemMessage_AreTheSame(string template, string[] labels)
    {
        var instructions = template[..template.LastIndexOf("{0}", StringComparison.Ordinal)].TrimEnd();
        var cut = instructions.LastIndexOf('\n');
        if (cut < 0 || template.Contains("\"\"\"", StringComparison.Ordinal))
            return;
        var request = Chat.Request(("system", instructions[..cut]), ("user", "the quick brown fox is here"));

        Assert.InRange(labels.Sum(label => Chat.Probability(request, label)), 0.9, 1);
    }

    [Fact]
    public void Labels_ShownByEarlierTurns_TakeNearlyAllMass()
    {
        var request = Chat.Request(("system", "You sort mail."), ("user", "win a prize now"), ("assistant", "junk"), ("user", "see you at the station"), ("assistant", "keep"), ("user", "win a big prize"));

        Assert.Equal("junk", Chat.Answer(request));
        Assert.InRange(Chat.Probability(request, "junk") + Chat.Probability(request, "keep"), 0.9, 1);
    }

    [Fact]
    public void Labels_NowhereInThePrompt_LeaveTheAnswerOpen()
    {
        var request = Chat.Request("Tell me a story about a lighthouse").Without("max_tokens");

        Assert.Equal("stop", Chat.Choice(request).GetProperty("finish_reason").GetString());
        Assert.NotEmpty(Chat.Answer(request));
    }

    [Theory]
    [InlineData("spam: adverts, prizes\nham: chats, dinner\n\nMessage: {0}\nAnswer:", "dinner was great", "ham")]
    [InlineData("Is the message spam? Answer Yes or No.\nspam: adverts, prizes\nnot spam: chats, dinner\n\nMessage: {0}\nAnswer:", "dinner was great", "No")]
    [InlineData("Is the message spam? Answer Yes or No.\nspam: adverts, prizes\nham: chats, dinner\n\nMessage: {0}\nAnswer:", "a prize for you", "Yes")]
    [InlineData("Answer Yes if the message is about prizes or adverts. Answer No if it is about dinner or chats.\n\nMessage: {0}\nAnswer:", "prizes to win", "Yes")]
    [InlineData("Answer Yes if the message is about prizes or adverts, and answer No if it is about dinner or chats.\n\nMessage: {0}\nAnswer:", "what a dinner", "No")]
    [InlineData("A = billing, invoices, refunds\nB = crashes, errors\nAnswer A or B.\n\nTicket: {0}\nAnswer:", "the invoices are wrong", "A")]
    [InlineData("A means invoices and refunds.\nB means crashes and errors.\nAnswer A or B.\n\nTicket: {0}\nAnswer:", "many errors today", "B")]
    [InlineData("1. invoices and refunds\n2. crashes and errors\nReply with the number.\n\nTicket: {0}\nAnswer:", "many errors today", "2")]
    [InlineData("Examples of junk:\n- win a prize today\n- cheap pills for all\nExamples of keep:\n- see you at the station\n- are you home\n\nAnswer junk or keep.\n\nText: {0}\nAnswer:", "are you at the station", "keep")]
    [InlineData("junk: \"win a prize today\"\nkeep: \"see you at the station\"\n\nText: {0}\nAnswer:", "win a prize", "junk")]
    [InlineData("Answer Yes or No. If in doubt, answer No.\n\nText: {0}\nAnswer:", "qwerty", "No")]
    [InlineData("Answer Yes or No. When you are not sure, answer Yes.\n\nText: {0}\nAnswer:", "qwerty", "Yes")]
    [InlineData("Answer yes or no: does it hold a number?\nyes: a long number\nno: words only, without a number\n\nText: {0}\nAnswer:", "ring 555 0123 456", "yes")]
    public void Label_ThatThePromptTies_IsAnswered(string template, string text, string expected) =>
        Assert.Equal(expected, Chat.Answer(Chat.Request(template.Replace("{0}", text, StringComparison.Ordinal))));
}
