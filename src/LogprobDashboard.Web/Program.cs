using LogprobDashboard.Web.Demo;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;

// The program's own folder holds its settings and assets, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
SettingsFiles.AddTo(builder);
builder.AddHosting();
builder.AddTelemetry();
builder.Services.AddWorkbench();
builder.Services.AddWebFrame();
builder.AddDemo();

var app = builder.Build();
if (!await app.PrepareAsync())
{
    await app.DisposeAsync(); // the reason is on its way to the console
    return 1;
}

app.UseHosting();
app.UseWebFrame();
app.MapHttpApi();
app.MapDemo();
var served = await app.ServeAsync();
await app.DisposeAsync(); // what was said is on its way to the console
return served ? 0 : 1;

/// <summary>Visible to tests.</summary>
public partial class Program;
