using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

using CsvHelper;

namespace LogprobDashboard.DemoModel.Tests.Samples;

internal sealed record SampleRow(string Text, string Label, string Source, string Note);

internal sealed record DemoVariant(string Name, string? System, string User);

internal sealed record DemoLabel(string Name, IReadOnlyList<string> Words);

internal sealed record DemoDataset(string File, string Name, string TextColumn, string LabelColumn, string SourceColumn);

internal sealed record DemoExperiment(
    string Name, string Description, DemoDataset Dataset, IReadOnlyList<DemoLabel> Labels, string? PositiveLabel, bool RunOnStart, IReadOnlyList<DemoVariant> Variants);

internal sealed record DemoExperiments(IReadOnlyList<DemoExperiment> Experiments);

/// <summary>The files in wwwroot-assets/samples.</summary>
internal static class SampleFiles
{
    public static IReadOnlyList<SampleRow> Read(string file)
    {
        using var reader = new CsvReader(new StreamReader(PathOf(file)), CultureInfo.InvariantCulture);
        var rows = new List<SampleRow>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
            rows.Add(new SampleRow(reader.GetField("text")!, reader.GetField("label")!, reader.GetField("source")!, reader.GetField("note")!));
        return rows;
    }

    public static IReadOnlyList<DemoExperiment> ReadExperiments() =>
        JsonSerializer.Deserialize<DemoExperiments>(File.ReadAllText(PathOf("demo-experiments.json")), JsonSerializerOptions.Web)!.Experiments;

    public static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "wwwroot-assets", "samples", file));
}
