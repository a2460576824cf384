using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Runs;

public enum RunStatus
{
    Queued,
    Running,
    Paused,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>One version of a variant over samples of the dataset at one endpoint; or log probs that were recorded elsewhere.</summary>
internal sealed class Run
{
    public long Id { get; set; }

    public long ExperimentId { get; set; }

    /// <summary>Null where the log probs were recorded elsewhere and imported, as is <see cref="VariantVersionId"/>.</summary>
    public long? VariantId { get; set; }

    public long? VariantVersionId { get; set; }

    public required string Name { get; set; }

    /// <summary>Null once the endpoint was deleted.</summary>
    public long? EndpointId { get; set; }

    /// <summary>How calls are made, as it stood when the run was started.</summary>
    public required CallSettings Settings { get; set; }

    /// <summary>The labels as prompts could name them when the run was started: a run has one prompt from beginning to end.</summary>
    public IReadOnlyList<string> LabelNames { get; set; } = [];

    public RunStatus Status { get; set; }

    /// <summary>Why the run is in its state, for a person; null where the state says it all.</summary>
    public string? Problem { get; set; }

    /// <summary>Only samples of these sources; empty: of all.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    public int? Limit { get; set; }

    public long SampleSeed { get; set; }

    public bool UseCache { get; set; }

    /// <summary>Tokens (of prompts and answers, cached ones not counted) at which the run pauses; null: no limit.</summary>
    public long? MaxTokens { get; set; }

    /// <summary>Money at which the run pauses, in the unit of the endpoint's prices; null: no limit.</summary>
    public double? MaxCost { get; set; }

    public int Total { get; set; }

    public int Scored { get; set; }

    public int Unscorable { get; set; }

    public int Failed { get; set; }

    public int Cached { get; set; }

    public int Censored { get; set; }

    public int AnswerMismatches { get; set; }

    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    /// <summary>Calls that were made again after one that failed in passing.</summary>
    public int Retries { get; set; }

    /// <summary>Counts up with every change to the run's results: what is computed from them is known by it.</summary>
    public int ResultsRevision { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when the run is in its state.</summary>
    public DateTimeOffset? StatusSince { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Run>
    {
        public void Configure(EntityTypeBuilder<Run> builder)
        {
            builder.ToTable("Runs");
            builder.Property(run => run.Status).HasConversion<string>();
            builder.Property(run => run.Settings).IsJson();
            builder.Property(run => run.Sources).IsJson();
            builder.Property(run => run.LabelNames).IsJson();
            builder.HasIndex(run => run.Status);
            builder.HasOne<Experiment>().WithMany().HasForeignKey(run => run.ExperimentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Variant>().WithMany().HasForeignKey(run => run.VariantId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<VariantVersion>().WithMany().HasForeignKey(run => run.VariantVersionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<EndpointEntity>().WithMany().HasForeignKey(run => run.EndpointId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
