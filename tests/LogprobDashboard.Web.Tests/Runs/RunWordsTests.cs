using LogprobDashboard.Web.Runs;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Web.Tests.Runs;

public sealed class RunWordsTests
{
    [Theory]
    [InlineData(0.2, "under 1 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3900, "1 h 5 min")]
    [InlineData(90_000, "1 d 1 h")]
    [InlineData(1e12, "over a year")]
    public void Duration_InWords_HasItsTwoLargestUnits(double seconds, string words) => Assert.Equal(words, DurationWords.Of(seconds));

    [Fact]
    public void Cost_Counted_SaysEachPartOnce()
    {
        var cost = Examples.Cost(calls: 603, cached: 240, duplicates: 54, unusable: 3);
        Assert.Equal("603 calls to llama3:8b.", CostWords.Headline(cost));
        Assert.Equal(
            [
                "300 samples for each of 3 variants.",
                "240 are answered from the cache.",
                "54 prompts are the same as another of this start and share its call.",
                "3 prompts cannot be filled in: they fail without a call.",
            ],
            CostWords.Details(cost));
        Assert.Null(CostWords.Forecast(cost));
    }

    [Fact]
    public void Cost_NotCountedToTheEnd_IsAnUpperBoundInWords()
    {
        var cost = Examples.Cost(calls: 900, notLookedUp: 600);
        Assert.Equal("At most 900 calls to llama3:8b.", CostWords.Headline(cost));
        Assert.Contains("600 of 900 prompts were too many to look up", CostWords.Details(cost).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_AllKnown_SaysThatNoCallIsMade() =>
        Assert.Equal("No call to make: every answer is stored already.", CostWords.Headline(Examples.Cost(calls: 0, cached: 900)));

    [Fact]
    public void Forecast_SaysWhatItRestsOn()
    {
        var cost = Examples.Cost(forecast: new RunForecast(95, 316.2, "plain v1", 280));
        Assert.Equal(
            "About 1 min 35 s if calls take 317 ms as they did in plain v1 (280 calls) and the endpoint's limits are used to the full.",
            CostWords.Forecast(cost));
        Assert.StartsWith("Less than a second if calls take 1 ms", CostWords.Forecast(Examples.Cost(forecast: new RunForecast(0.3, 0.9, "plain v1", 280))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenBasis.Counted, "o200k_base", 900, null, "About 61,200 tokens, by estimate.", "60,300 of prompts, counted with o200k_base.")]
    [InlineData(TokenBasis.Counted, "o200k_base", 400, 0.00954, "About 61,200 tokens, 0.00954 in money, by estimate.", "60,300 of prompts, counted with o200k_base on 400 of them, chosen at random.")]
    [InlineData(TokenBasis.Measured, "plain v1", 280, null, "About 61,200 tokens, by estimate.", "60,300 of prompts, as many a call as in plain v1 (280 calls).")]
    [InlineData(TokenBasis.Estimated, "o200k_base", 400, null, "About 61,200 tokens, by estimate.", "60,300 of prompts, counted with o200k_base on 400 of them, chosen at random, a stand-in: how llama3:8b itself counts is not known here.")]
    public void Tokens_SayThatTheyAreAnEstimateAndWhatItRestsOn(TokenBasis basis, string by, int counted, double? money, string expected, string prompts)
    {
        var cost = Examples.Cost(tokens: new TokenForecast(60_300, 900, basis, by, counted, money));
        Assert.Equal(expected, CostWords.Tokens(cost));
        Assert.Equal([prompts, "At most 900 of answers."], CostWords.TokenDetails(cost).Take(2));
    }

    [Fact]
    public void Budget_ThatWillNotDo_SaysWhereEachRunPauses()
    {
        var cost = Examples.Cost(tokens: new TokenForecast(60_000, 1_500, TokenBasis.Counted, "o200k_base", 900, 3));
        Assert.Empty(CostWords.Pauses(cost, 20_500, 1));
        Assert.Equal("variant 1 v1 would pause after about 150 of its 300 calls: the budget is used up then.", CostWords.Pauses(cost, 10_250, null).First());
        Assert.Equal(3, CostWords.Pauses(cost, 20_500, 0.1).Count());
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(0.0000123, "0.0000123")]
    [InlineData(0.14159, "0.142")]
    [InlineData(12.3456, "12.35")]
    [InlineData(1234.5, "1,234.50")]
    public void Money_InWords_KeepsThreeDigitsThatCount(double amount, string words) => Assert.Equal(words, BudgetWords.Money(amount));

    [Fact]
    public void Share_ThatIsNotAll_IsNeverAHundredPercent() => Assert.Equal(("99 %", "100 %", "104 %"), (BudgetWords.Share(0.9999), BudgetWords.Share(1), BudgetWords.Share(1.042)));

    [Fact]
    public void Progress_WithinTheLastSecond_SaysSo() =>
        Assert.Equal("290 of 300 · less than a second left", RunWords.Progress(Examples.Run(RunStatus.Running, 290) with { RemainingSeconds = 0.4 }));

    [Fact]
    public void Progress_OfARunAtWork_NamesRateAndRemainingTime() =>
        Assert.Equal("150 of 300 · 12 requests/s · about 13 s left", RunWords.Progress(Examples.Run(RunStatus.Running, 140, 10) with { RequestsPerSecond = 12.2, RemainingSeconds = 12.6 }));

    [Fact]
    public void Announcer_OfARunAtWork_SpeaksOfChangesAtOnceAndOfProgressRarely()
    {
        var time = new FakeTimeProvider();
        var announcer = new RunAnnouncer(time);
        Assert.Null(announcer.Next([Examples.Item(Examples.Run(RunStatus.Queued, 0))]));
        Assert.Equal("plain v2: Running.", announcer.Next([Examples.Item(Examples.Run(RunStatus.Running, 1))]));
        for (var tick = 0; tick < 59; tick++)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Null(announcer.Next([Examples.Item(Examples.Run(RunStatus.Running, tick))]));
        }

        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal("plain v2: 200 of 300.", announcer.Next([Examples.Item(Examples.Run(RunStatus.Running, 200))]));
        Assert.Equal("plain v2: Completed.", announcer.Next([Examples.Item(Examples.Run())]));
        Assert.Null(announcer.Next([Examples.Item(Examples.Run())]));
    }

    [Fact]
    public async Task LatestAnswer_AskedAnew_DropsTheAnswerBefore()
    {
        using var latest = new LatestAnswer<string>();
        var (first, second) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        CancellationToken cancelled = default;
        var one = latest.AskAsync(token =>
        {
            cancelled = token;
            return first.Task;
        });
        var two = latest.AskAsync(_ => second.Task);
        Assert.True(cancelled.IsCancellationRequested);
        second.SetResult("new");
        first.SetResult("old");

        Assert.False(await one);
        Assert.True(await two);
        Assert.Equal(("new", false), (latest.Value, latest.Busy));
        Assert.True(await latest.AskAsync(_ => throw new UserErrorException(UserErrorKind.Conflict, "No.", "Do this.")));
        Assert.Equal(("No.", null), (latest.Problem?.Title, latest.Value));
    }
}
