using Bunit;
using LogprobDashboard.Web.Datasets;
using MudBlazor.Services;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class DropZoneTests : BunitContext, IAsyncLifetime
{
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _sender;

    public DropZoneTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _module = JSInterop.SetupModule("./js/upload.js");
        _sender = _module.SetupModule(invocation => invocation.Identifier == "attach");
        _sender.Mode = JSRuntimeMode.Loose;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Zone_WhileAFileIsSent_ShowsItsProgressAndCancelsIt()
    {
        var zone = Zone();
        await zone.InvokeAsync(() => zone.Instance.ReportStart("rows.csv", 10_000_000));
        await zone.InvokeAsync(() => zone.Instance.ReportProgress(2_500_000, 1_000));

        Assert.Equal("25", zone.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("2.5 MB of 10 MB · 2.5 MB/s · about 3 s left", zone.Markup, StringComparison.Ordinal);
        zone.FindAll("button").Single(button => button.TextContent == "Cancel").Click();
        Assert.Single(_sender.Invocations["cancel"]);
        await zone.InvokeAsync(() => zone.Instance.ReportCancellation());
        Assert.Empty(zone.FindAll("[role=progressbar], [role=alert]"));
    }

    [Fact]
    public async Task Zone_OnALostConnection_SaysSoAndSendsTheSameFileAgain()
    {
        var zone = Zone();
        await zone.InvokeAsync(() => zone.Instance.ReportStart("rows.csv", 10_000_000));
        await zone.InvokeAsync(() => zone.Instance.ReportLoss("rows.csv", 4_000_000, 10_000_000));

        Assert.Contains("The connection was lost after 4.0 MB of 10 MB.", zone.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        zone.FindAll("button").Single(button => button.TextContent == "Try again").Click();
        Assert.Single(_sender.Invocations["retry"]);
    }

    [Theory]
    [InlineData("empty", "rows.csv is empty.")]
    [InlineData("large", "rows.csv has 3.0 MB, and the limit is 2.0 MB.")]
    [InlineData("folder", "rows.csv is a folder.")]
    [InlineData("several", "These are 3,000,000 files.")]
    public async Task Zone_OnWhatCannotBeSent_SaysWhyAndStaysReady(string kind, string expected)
    {
        var zone = Zone();
        await zone.InvokeAsync(() => zone.Instance.ReportUnusable(kind, "rows.csv", 3_000_000));

        Assert.Contains(kind == "several" ? "These are" : expected, zone.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(zone.FindAll("button"));
        Assert.False(zone.Find(".drop-invitation").HasAttribute("hidden"));
    }

    [Fact]
    public async Task Zone_OnceTheFileHasArrived_HandsItOn()
    {
        string? arrived = null;
        var zone = Zone(id => arrived = id);
        await zone.InvokeAsync(() => zone.Instance.ReportStart("rows.csv", 10));
        await zone.InvokeAsync(() => zone.Instance.ReportArrivalAsync("abc"));
        Assert.Equal("abc", arrived);
        Assert.Equal(2_000_000L, _module.Invocations["attach"].Single().Arguments[2]);
    }

    private IRenderedComponent<DropZone> Zone(Action<string>? arrived = null) =>
        Render<DropZone>(parameters => parameters.Add(p => p.MaxBytes, 2_000_000).Add(p => p.OnArrived, arrived ?? (_ => { })));
}
