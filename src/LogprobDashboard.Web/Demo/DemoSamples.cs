using System.Text.Json;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Demo;

/// <summary>One demo experiment as <c>samples/demo-experiments.json</c> describes it.</summary>
internal sealed record DemoExperiment(
    string Name,
    DemoDataset Dataset,
    IReadOnlyList<ExperimentLabel> Labels,
    string? PositiveLabel,
    IReadOnlyList<DemoVariant> Variants,
    bool RunOnStart);

internal sealed record DemoDataset(string File, string Name, string TextColumn, string LabelColumn, string? SourceColumn);

internal sealed record DemoVariant(string Name, string? System, string User);

/// <summary>The samples that were written for this project; they stand beside the program.</summary>
internal sealed class DemoSamples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples");

    public async Task<IReadOnlyList<DemoExperiment>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(Folder, "demo-experiments.json"));
        var read = await JsonSerializer.DeserializeAsync<DemoFile>(file, JsonSerializerOptions.Web, cancellationToken);
        return read?.Experiments ?? throw new InvalidDataException("samples/demo-experiments.json names no experiments.");
    }

    public FileStream Open(string dataset) => File.OpenRead(Path.Combine(Folder, dataset));

    private sealed record DemoFile(IReadOnlyList<DemoExperiment> Experiments);
}
