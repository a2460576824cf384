using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>
/// What a list shows of a run: its average precision and its curve, thinned. Computed from the run's results and kept, so that a list of hundreds of experiments
/// can be sorted by it without reading a million scores. It holds for the revisions and the label that it names, and is computed again for others.
/// </summary>
internal sealed class RunFigure
{
    public long RunId { get; set; }

    public int ResultsRevision { get; set; }

    public int LabelRevision { get; set; }

    public required string PositiveLabel { get; set; }

    /// <summary>The positive label's with two labels, the macro mean with more; null where it is not defined.</summary>
    public double? AveragePrecision { get; set; }

    /// <summary>Pairs of recall and precision, ascending in recall.</summary>
    public IReadOnlyList<double[]> Curve { get; set; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<RunFigure>
    {
        public void Configure(EntityTypeBuilder<RunFigure> builder)
        {
            builder.ToTable("RunFigures");
            builder.HasKey(figure => figure.RunId);
            builder.Property(figure => figure.RunId).ValueGeneratedNever();
            builder.Property(figure => figure.Curve).IsJson();
            builder.HasOne<Run>().WithOne().HasForeignKey<RunFigure>(figure => figure.RunId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
