using System.Text.Json.Serialization;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Start;

/// <summary>A label as it is being written. Words are kept as typed, blank ones too, so that writing goes on where it stopped; <see cref="ToLabel"/> leaves those out.</summary>
public sealed record DraftLabel(string Name, IReadOnlyList<string>? Words = null)
{
    internal ExperimentLabel ToLabel()
    {
        var words = (Words ?? []).Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        return new ExperimentLabel(Name.Trim(), words.Count > 0 ? words : [Name.Trim()]);
    }
}

/// <summary>The steps of a start, in order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DraftStep>))]
public enum DraftStep
{
    Data,
    Labels,
    Prompt,
}

/// <summary>
/// An experiment that is being set up, as far as a person came. What is null is a default that follows the rest: the name the dataset's,
/// the prompt the labels', the endpoint the built-in one. A system prompt that is empty is none.
/// </summary>
public sealed record DraftContent
{
    public string? DatasetId { get; init; }

    /// <summary>The dataset's name when it was chosen: what is said of it once it is gone.</summary>
    public string? DatasetName { get; init; }

    public IReadOnlyList<DraftLabel> Labels { get; init; } = [];

    public string? PositiveLabel { get; init; }

    public string? Name { get; init; }

    public string? System { get; init; }

    public string? User { get; init; }

    public string? EndpointId { get; init; }

    /// <summary>Where the person was last.</summary>
    public DraftStep Step { get; init; }

    /// <summary>How many samples the first run is about; null: as many as are suggested.</summary>
    public int? Samples { get; init; }
}
