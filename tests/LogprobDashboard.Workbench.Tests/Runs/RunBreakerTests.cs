using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunBreakerTests
{
    private readonly RunBreaker _breaker = new();
    private int _sample;

    [Fact]
    public void Take_AStreakOfFatalFailures_PausesAndGivesNoSampleUp()
    {
        for (var i = 0; i < RunBreaker.MostFatal - 1; i++)
            Assert.Empty(_breaker.Take(Failed(FailureKind.Unauthorized), true));
        Assert.Null(_breaker.Problem);

        Assert.Empty(_breaker.Take(Failed(FailureKind.Unauthorized), true));

        Assert.Contains("3 samples in a row failed: no", _breaker.Problem, StringComparison.Ordinal);
        Assert.Empty(_breaker.Take(Failed(FailureKind.Unauthorized), true));
        Assert.Empty(_breaker.End(answered: true));
    }

    [Fact]
    public void Take_AnswersBetween_BreakTheStreak_AndManyOfThemMakeTheFailuresTheSamplesOwn()
    {
        var first = Failed(FailureKind.Unauthorized);
        var second = Failed(FailureKind.NotFound);
        _breaker.Take(first, true);
        _breaker.Take(second, true);
        for (var i = 1; i < RunBreaker.AnswersToTrust; i++)
            Assert.Single(_breaker.Take(Answered(), true)); // they may have been under way before

        var answer = Answered();
        Assert.Equal([first, second, answer], _breaker.Take(answer, true));
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        Assert.Null(_breaker.Problem);
    }

    [Fact]
    public void Take_AFatalStreakMixedWithLateAnswers_GivesNoSampleUp()
    {
        foreach (var outcome in new[] { Failed(FailureKind.Unauthorized), Answered(), Failed(FailureKind.Unauthorized), Answered(), Failed(FailureKind.Unauthorized), Failed(FailureKind.Unauthorized), Failed(FailureKind.Unauthorized) })
            Assert.All(_breaker.Take(outcome, true), stored => Assert.NotNull(stored.Answer));
        Assert.NotNull(_breaker.Problem);
        Assert.Empty(_breaker.End(answered: true));
    }

    [Fact]
    public void Take_AnAnswerFromTheCache_SaysNothingOfTheEndpoint()
    {
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        var known = Answered();
        Assert.Equal([known], _breaker.Take(known, false));
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        Assert.NotNull(_breaker.Problem);
    }

    [Fact]
    public void Take_SamplesThatShareOneFailedCall_AreOneFailure()
    {
        for (var i = 0; i < 40; i++)
            _breaker.Take(Failed(FailureKind.Unauthorized), ownCall: i == 0);
        Assert.Null(_breaker.Problem);
        Assert.Equal(40, _breaker.End(answered: true).Count);
    }

    [Fact]
    public void Take_ManySamplesGivenUpInARow_Pauses()
    {
        for (var i = 0; i < RunBreaker.MostGivenUp - 1; i++)
            Assert.Empty(_breaker.Take(Failed(i % 2 == 0 ? FailureKind.Unreachable : FailureKind.TimedOut), true));
        Assert.Null(_breaker.Problem);
        _breaker.Take(Failed(FailureKind.Unreachable), true);
        Assert.Contains("25 samples in a row", _breaker.Problem, StringComparison.Ordinal);
        var late = Answered();
        Assert.Equal([late], _breaker.Take(late, true)); // it was under way: stored
    }

    [Theory]
    [InlineData(FailureKind.ContentFiltered)]
    [InlineData(FailureKind.ContextTooLong)]
    [InlineData(FailureKind.PromptUnusable)]
    public void Take_FailuresOfTheSampleAlone_AreStoredAtOnceAndNeverPause(FailureKind kind)
    {
        for (var i = 0; i < 100; i++)
            Assert.Single(_breaker.Take(Failed(kind), true));
        Assert.Null(_breaker.Problem);
    }

    [Fact]
    public void End_WithFailuresHeldBack_GivesThemToTheirSamples()
    {
        _breaker.Take(Failed(FailureKind.ServerError), true);
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        Assert.Equal(2, _breaker.End(answered: true).Count);
        Assert.Null(_breaker.Problem);
    }

    [Fact]
    public void End_NothingEverAnsweredAndAFatalFailure_Pauses()
    {
        _breaker.Take(Failed(FailureKind.Unauthorized), true);
        Assert.Empty(_breaker.End(answered: false));
        Assert.Contains("1 sample failed", _breaker.Problem, StringComparison.Ordinal);
    }

    private SampleOutcome Failed(FailureKind kind) => new(1, _sample++, null, new CallFailure(kind, "no"), 1, false);

    private SampleOutcome Answered() => new(1, _sample++, new SharedAnswer([1], new ReceivedAnswer([], "", null, null, null, null)), null, 1, false);
}
