using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Web.Tests.Layout;

public sealed class PrerenderHandoverTests
{
    [Fact]
    public void Handover_IsTakenOnce()
    {
        using var handover = new PrerenderHandover();
        var token = handover.Leave("view");
        Assert.True(handover.TryTake(token, out string? taken));
        Assert.Equal("view", taken);
        Assert.False(handover.TryTake(token, out string? _));
    }

    [Fact]
    public void Handover_OfNoTokenOrAnothersType_GivesNothing()
    {
        using var handover = new PrerenderHandover();
        Assert.False(handover.TryTake(null, out string? _));
        Assert.False(handover.TryTake("made-up", out string? _));
        Assert.False(handover.TryTake(handover.Leave("view"), out Version? _));
    }
}
