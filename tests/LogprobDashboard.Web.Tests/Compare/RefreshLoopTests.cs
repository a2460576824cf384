using LogprobDashboard.Web.Compare;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Web.Tests.Compare;

public sealed class RefreshLoopTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SemaphoreSlim _looked = new(0);

    [Fact]
    public async Task Loop_WhileThereIsMoreToCome_LooksEveryTwoSecondsAndNotBefore()
    {
        using var loop = new RefreshLoop(_time);
        loop.Start(_ => Look(true), _ => Task.CompletedTask);
        _time.Advance(RefreshLoop.Pause - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _looked.CurrentCount);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _looked.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(loop.IsRunning);
    }

    [Fact]
    public async Task Loop_WithNothingMoreToCome_EndsAndCanBeStartedAnew()
    {
        using var loop = new RefreshLoop(_time);
        for (var turn = 0; turn < 2; turn++)
        {
            loop.Start(_ => Look(false), _ => Task.CompletedTask);
            Assert.True(loop.IsRunning);
            _time.Advance(RefreshLoop.Pause);
            await _looked.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.True(SpinWait.SpinUntil(() => !loop.IsRunning, TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public void Loop_Disposed_LooksNoMore()
    {
        var loop = new RefreshLoop(_time);
        loop.Start(_ => Look(true), _ => Task.CompletedTask);
        loop.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _looked.CurrentCount);
        Assert.True(SpinWait.SpinUntil(() => !loop.IsRunning, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Loop_WhereALookFails_TellsItAndEnds()
    {
        using var loop = new RefreshLoop(_time);
        var told = new TaskCompletionSource<Exception>();
        loop.Start(_ => throw new InvalidOperationException("no"), failure =>
        {
            told.SetResult(failure);
            return Task.CompletedTask;
        });
        _time.Advance(RefreshLoop.Pause);
        Assert.Equal("no", (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Message);
    }

    private Task<bool> Look(bool more)
    {
        _looked.Release();
        return Task.FromResult(more);
    }
}
