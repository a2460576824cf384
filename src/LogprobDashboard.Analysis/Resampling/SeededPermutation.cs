namespace LogprobDashboard.Analysis.Resampling;

/// <summary>A permutation that follows from a seed alone.</summary>
public static class SeededPermutation
{
    /// <summary>
    /// The numbers 0 to <paramref name="count"/> - 1 in an order drawn by Fisher and Yates's shuffle from the front: for i = 0, 1, … the i-th place is swapped
    /// with place
    /// i + draw in [0, count - i) of <see cref="SeededGenerator"/>. Every order is equally likely over the seeds; the same count and seed give the same order
    /// on every platform and in every version.
    /// Its first n entries are a simple random sample of n, and that of a larger n contains it.
    /// </summary>
    /// <param name="count">How many numbers; 0 gives an empty order.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static int[] Create(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var place = 0; place < count; place++)
            order[place] = place;

        var generator = new SeededGenerator(seed);
        for (var place = 0; place < count - 1; place++)
        {
            var other = place + generator.NextInt32(count - place);
            (order[place], order[other]) = (order[other], order[place]);
        }

        return order;
    }
}
