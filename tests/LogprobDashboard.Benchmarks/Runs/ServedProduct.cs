using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.Web.Layout;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>The whole product on a free port in a process of its own, which can be asked for its memory after a collection.</summary>
internal static class ServedProduct
{
    public static async Task<int> ServeAsync(string[] args)
    {
        await using var host = new Host(Options.Text(args, "--data")!);
        Console.WriteLine($"listening {host.Address}");
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command == "memory")
                Console.WriteLine($"memory {Memory()}");
        }

        return 0;
    }

    private static string Memory()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var self = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(false) / 1e6:F1} {Machine.ResidentMegabytes(self.Id):F1} {self.PrivateMemorySize64 / 1e6:F1}");
    }

    private sealed class Host : WebApplicationFactory<PrerenderHandover>
    {
        private readonly string _data;

        public Host(string data)
        {
            _data = data;
            UseKestrel(0);
            StartServer();
        }

        public Uri Address => ClientOptions.BaseAddress;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Production);
            builder.UseSetting("LogprobDashboard:DataDirectory", _data);
            builder.UseSetting("LogprobDashboard:CreateDemoExperiment", "false");
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        }
    }
}
