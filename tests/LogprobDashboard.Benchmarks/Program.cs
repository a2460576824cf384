using LogprobDashboard.Benchmarks;

// Run by hand, in Release: dotnet run -c Release --project tests/LogprobDashboard.Benchmarks -- NAME
return args switch
{
    ["demo-model", ..] => DemoModelBenchmark.Run(args[1..]),
    ["import", ..] => await ImportBenchmark.RunAsync(args[1..]),
    ["circuits", ..] => await CircuitsBenchmark.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Name a benchmark:
          demo-model   average precision of four prompts on the recorded messages, and answers per second
          import       500,000 rows of CSV against the sqlite3 shell's .import (needs sqlite3)
          circuits     memory of ten circuits opened and closed fifty times over a run of 100,000 samples (needs a Chromium)
        """);
    return 2;
}
