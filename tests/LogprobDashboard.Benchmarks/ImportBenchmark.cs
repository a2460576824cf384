using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Benchmarks;

/// <summary>
/// The product's import of a large CSV, upload hashing included, against the sqlite3 shell's <c>.import</c> of the same file into an indexed table, one after the other.
/// The import runs in a process of its own, with the garbage collector that the product runs with, so that its peak memory is its own.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rows = 500_000;
    private const int Rounds = 3;
    private const string ChildArgument = "--child";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [ChildArgument, var file, var directory])
            return await ImportAsync(file, directory);
        var folder = Directory.CreateTempSubdirectory("logprob-dashboard-benchmark-").FullName;
        try
        {
            var csv = Path.Combine(folder, "rows.csv");
            Generate(csv);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows, {new FileInfo(csv).Length / 1e6:F1} MB"));
            var ratios = new List<double>();
            for (var round = 1; round <= Rounds; round++)
                ratios.Add(await RoundAsync(round, csv, folder));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of product / shell: {ratios.Order().ElementAt(Rounds / 2):F2} (target: at least 0.33; peak memory under 400 MB)"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> RoundAsync(int round, string csv, string folder)
    {
        var data = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"data-{round}"));
        var (process, output) = await TimeAsync(Environment.ProcessPath!, [.. Host(), "import", ChildArgument, csv, data], null);
        Directory.Delete(data, recursive: true);
        var product = TimeSpan.FromSeconds(double.Parse(output[..output.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture));

        var database = Path.Combine(folder, "shell.db");
        var script = $"""
            CREATE TABLE t(id, text, label, source);
            CREATE INDEX t_id ON t(id);
            .mode csv
            .import --skip 1 {csv} t
            SELECT count(*) FROM t;
            """;
        var (shell, count) = await TimeAsync("sqlite3", [database], script);
        File.Delete(database);
        if (count.Trim() != Rows.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"The shell imported {count} rows.");

        var ratio = shell / product;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}: product {Rows / product.TotalSeconds:N0} rows/s ({output.Trim()}; {process.TotalSeconds:F2} s with the start of the process), shell {Rows / shell.TotalSeconds:N0} rows/s ({shell.TotalSeconds:F2} s), ratio {ratio:F2}"));
        return ratio;
    }

    /// <summary>Run as <c>dotnet benchmarks.dll</c>, the process is dotnet and wants to be told the assembly again.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(ImportBenchmark).Assembly.Location] : [];

    private static async Task<(TimeSpan Elapsed, string Output)> TimeAsync(string program, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["DOTNET_gcServer"] = "1";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = watch.Elapsed;
        return process.ExitCode == 0 ? (elapsed, output) : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    private static async Task<int> ImportAsync(string csv, string directory)
    {
        var options = new WorkbenchOptions { DataDirectory = directory };
        Directory.CreateDirectory(directory);
        var connection = new SqliteConnectionStringBuilder { DataSource = options.DatabasePath, Pooling = false }.ToString();
        await using var services = new ServiceCollection()
            .AddDbContextFactory<WorkbenchDb>(builder => builder.UseSqlite(connection).AddInterceptors(new SqlitePragmas()))
            .AddSingleton<WriteGate>()
            .AddSingleton(Options.Create(options))
            .AddSingleton(TimeProvider.System)
            .AddDatasets()
            .BuildServiceProvider();
        await using (var db = await services.GetRequiredService<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync())
            await db.Database.EnsureCreatedAsync();

        await WarmUpAsync(services);
        var watch = Stopwatch.StartNew();
        await using var content = File.OpenRead(csv);
        using var file = await services.GetRequiredService<UploadStaging>().StageAsync(content, "rows.csv", CancellationToken.None);
        var staged = watch.Elapsed;
        var reading = await services.GetRequiredService<DatasetReading>().ReadAsync(file, new ReadingOptions(), CancellationToken.None);
        var read = watch.Elapsed;
        var dataset = await services.GetRequiredService<DatasetsService>().ImportAsync(reading, null, null, CancellationToken.None);
        if (dataset.RowCount != Rows)
            throw new InvalidOperationException($"The product imported {dataset.RowCount} rows.");
        var total = watch.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{total.TotalSeconds:F3} s: staging {staged.TotalSeconds:F2}, reading {(read - staged).TotalSeconds:F2}, import {(total - read).TotalSeconds:F2}; peak memory {PeakMegabytes():F0} MB"));
        return 0;
    }

    /// <summary>A server that has started has imported its demo datasets.</summary>
    private static async Task WarmUpAsync(ServiceProvider services)
    {
        using var content = new MemoryStream("text,label\nhello there,ham\nwin now,spam\n"u8.ToArray());
        using var file = await services.GetRequiredService<UploadStaging>().StageAsync(content, "small.csv", CancellationToken.None);
        await services.GetRequiredService<DatasetsService>().ImportAsync(file, null, new ReadingOptions(), CancellationToken.None);
    }

    /// <summary>The peak resident set, as Linux counts it.</summary>
    private static double PeakMegabytes()
    {
        const string Key = "VmHWM:";
        if (!OperatingSystem.IsLinux())
            return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return double.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>Texts of about 150 characters, some with quotes, commas, line ends and letters beyond ASCII.</summary>
    private static void Generate(string path)
    {
        string[] words = ["please", "call", "the", "office", "before", "noon", "tomorrow", "about", "your", "winning", "ticket", "naïve", "Straße", "привет", "meeting", "moved", "to", "room", "twelve", "free", "offer", "ends", "soon"];
        string[] sources = ["sms", "telegram", "email", "forum"];
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        writer.NewLine = "\n";
        writer.WriteLine("id,text,label,source");
        var state = 12345u;
        uint Next(uint below) => (state = state * 1664525 + 1013904223) % 65536 * below / 65536;
        var text = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            text.Clear();
            while (text.Length < 165)
                text.Append(words[Next((uint)words.Length)]).Append(Next(12) == 0 && row % 3 == 0 ? ", " : " ");
            var cell = text.ToString();
            if (row % 10 == 0)
                cell += "\"\"now\"\"";
            if (row % 3 == 0 || row % 10 == 0)
                cell = $"\"{cell}\"";
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"row-{row},{cell},{(Next(7) == 0 ? "spam" : "ham")},{sources[Next(4)]}\n"));
        }
    }
}
