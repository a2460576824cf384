using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Runs;

public enum ResultStatus
{
    Scored = 0,
    Unscorable = 1,
    Failed = 2,
}

/// <summary>What became of one sample in one run: the answer it refers to, and what the label words make of it.</summary>
internal sealed class RunResult
{
    public long RunId { get; set; }

    public int SampleIndex { get; set; }

    public ResultStatus Status { get; set; }

    public long? AnswerId { get; set; }

    /// <summary>Failed: the kind. Unscorable: the reason.</summary>
    public string? Reason { get; set; }

    /// <summary>Failed: the sentence for a person.</summary>
    public string? Problem { get; set; }

    /// <summary>Place in the experiment's label list.</summary>
    public int? Predicted { get; set; }

    /// <summary>Label masses in label order, eight bytes each, little-endian; a censored label's imputed mass is stored negative. See <see cref="MassColumn"/>.</summary>
    public byte[]? Masses { get; set; }

    public double? UnseenMass { get; set; }

    public double? OffLabelMass { get; set; }

    public double? Coverage { get; set; }

    public double? Entropy { get; set; }

    public double? LogMargin { get; set; }

    public double? TokenEntropy { get; set; }

    public double? TokenMargin { get; set; }

    /// <summary>Log probs of the answer that are no usable numbers (null, NaN, -9999 …).</summary>
    public int DroppedLogprobs { get; set; }

    public bool AnswerMismatch { get; set; }

    public double LatencyMilliseconds { get; set; }

    public bool Cached { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RunResult>
    {
        public void Configure(EntityTypeBuilder<RunResult> builder)
        {
            builder.ToTable("Results");
            builder.HasKey(result => new { result.RunId, result.SampleIndex });
            builder.Property(result => result.SampleIndex).ValueGeneratedNever();
            builder.HasOne<Run>().WithMany().HasForeignKey(result => result.RunId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Answer>().WithMany().HasForeignKey(result => result.AnswerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
