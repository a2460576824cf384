namespace LogprobDashboard.Analysis.Resampling;

/// <summary>Works out the figures of one resample.</summary>
/// <param name="weights">How often each group was drawn, 0 or more, by group; they sum to the number of groups.</param>
/// <param name="figures">To be filled; a figure that this resample does not define stays null.</param>
/// <returns>False where the resample has to be drawn anew, because a class is empty in it.</returns>
public delegate bool ResampleMeasure(ReadOnlySpan<int> weights, Span<double?> figures);

/// <summary>
/// The bootstrap over groups of samples (definitions, part 2): each resample draws as many groups as there are, with replacement. Not stratified.
/// Resample r of a seed is the same whatever is measured on it, on every machine and with any number of cores: two runs measured with one seed are paired.
/// </summary>
public static class GroupBootstrap
{
    /// <summary>Resamples where nothing else is asked for.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>How often one resample is drawn anew before it is given up.</summary>
    private const int MostDraws = 1000;

    /// <summary>Measures each resample.</summary>
    /// <param name="groups">The samples' groups; at least one sample.</param>
    /// <param name="resamples">R, 1 or more.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="figures">How many figures a resample has.</param>
    /// <param name="measure">Called from several threads at once, once or more for each resample.</param>
    /// <param name="cancellationToken">Stops between two resamples.</param>
    /// <returns>By figure, then by resample; null where a resample does not define it, or could not be drawn with both classes in 1,000 draws.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample, or <paramref name="resamples"/> or <paramref name="figures"/> is below 1.</exception>
    public static IReadOnlyList<double?[]> Measure(SampleGroups groups, int resamples, long seed, int figures, ResampleMeasure measure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups.Count, 1, nameof(groups));
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(figures, 1);
        var measured = new double?[figures][];
        for (var figure = 0; figure < figures; figure++)
            measured[figure] = new double?[resamples];
        Parallel.For(
            0,
            resamples,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Weights: new int[groups.Count], Figures: new double?[figures]),
            (resample, _, buffers) =>
            {
                if (MeasureOne(seed, resample, measure, buffers.Weights, buffers.Figures))
                {
                    for (var figure = 0; figure < figures; figure++)
                        measured[figure][resample] = buffers.Figures[figure];
                }

                return buffers;
            },
            _ => { });
        return measured;
    }

    private static bool MeasureOne(long seed, int resample, ResampleMeasure measure, int[] weights, double?[] figures)
    {
        var generator = GeneratorOf(seed, resample);
        for (var draw = 0; draw < MostDraws; draw++)
        {
            Array.Clear(weights);
            for (var drawn = 0; drawn < weights.Length; drawn++)
                weights[generator.NextInt32(weights.Length)]++;
            Array.Clear(figures);
            if (measure(weights, figures))
                return true;
        }

        return false;
    }

    /// <summary>A stream for each resample, so that it does not matter which thread draws it.</summary>
    private static SeededGenerator GeneratorOf(long seed, int resample)
    {
        var state = unchecked((ulong)seed);
        return new(unchecked((long)(SeededGenerator.SplitMix64(ref state) + ((ulong)resample * 0x9E3779B97F4A7C15))));
    }
}
