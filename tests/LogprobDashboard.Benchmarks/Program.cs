using LogprobDashboard.Benchmarks;
using LogprobDashboard.Benchmarks.Runs;
using LogprobDashboard.Benchmarks.Statistics;

// Run by hand, in Release: dotnet run -c Release --project tests/LogprobDashboard.Benchmarks -- NAME
return args switch
{
    ["demo-model", ..] => DemoModelBenchmark.Run(args[1..]),
    ["import", ..] => await ImportBenchmark.RunAsync(args[1..]),
    ["circuits", ..] => await CircuitsBenchmark.RunAsync(args[1..]),
    ["runs", ..] => await RunsBenchmark.ThroughputAsync(args[1..]),
    ["runs-latency", ..] => await RunsBenchmark.LatencyAsync(args[1..]),
    ["runs-memory", ..] => await RunsBenchmark.MemoryAsync(args[1..]),
    ["runs-layers", ..] => await LayersBenchmark.RunAsync(args[1..]),
    ["promptfoo", ..] => await PromptfooBenchmark.RunAsync(args[1..]),
    ["curves", ..] => await CurvesBenchmark.RunAsync(args[1..]),
    ["bootstrap", ..] => BootstrapBenchmark.Run(args[1..]),
    ["compare-page", ..] => await ComparePageBenchmark.RunAsync(args[1..]),
    ["serve-instant", ..] => await InstantServer.ServeAsync(args[1..]),
    ["serve-product", ..] => await ServedProduct.ServeAsync(args[1..]),
    ["bare-loop", ..] => await BareLoop.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Name a benchmark:
          demo-model     average precision of four prompts on the recorded messages, and answers per second
          import         500,000 rows of CSV against the sqlite3 shell's .import (needs sqlite3)
          circuits       memory of ten circuits opened and closed fifty times over a run of 100,000 samples (needs a Chromium)
          runs           samples per second of a run against a bare loop that stores nothing   [--samples N] [--concurrency N] [--rounds N]
          runs-layers    where the processor time of a sample goes, layer by layer             [--samples N] [--concurrency N]
          runs-latency   share of what a server of 200 ms permits that a run reaches           [--samples N] [--concurrency N] [--latency MS]
          runs-memory    memory at sample 1,000 and at sample 100,000 of a run                 [--samples N] [--concurrency N]
          promptfoo      rate and memory of a run against promptfoo's                          [--samples N] [--concurrency N] [--tools DIRECTORY] (needs npm)
          curves         a precision-recall curve with average precision over 1,000,000 scores against scikit-learn's  [PYTHON, one with scikit-learn]
          bootstrap      1,000 paired resamples of average precision, two runs of 10,000 samples
          compare-page   the compare page's server work over 8 runs of 100,000 samples, cold and for a threshold that moves
        Those whose names begin with runs, and promptfoo, start what they need in processes of their own; "serve-instant --port N --latency MS" is the server that they ask.
        """);
    return 2;
}
