namespace LogprobDashboard.TestSupport;

/// <summary>A way in which a server fails, or seems to.</summary>
public enum Fault
{
    /// <summary>A whole answer at once.</summary>
    None,

    /// <summary>429 without a word on when to come back.</summary>
    RateLimited,

    /// <summary>429 with Retry-After: 1.</summary>
    RateLimitedForASecond,

    /// <summary>500 with an error body.</summary>
    ServerError,

    /// <summary>Takes the request and never answers.</summary>
    Silence,

    /// <summary>Sends headers and half of the body, and never the rest.</summary>
    Stall,

    /// <summary>Sends half of the body that it announced, and closes the connection.</summary>
    HangUp,

    /// <summary>200 with a body that is no JSON.</summary>
    Garbage,

    /// <summary>200 with the first half of an answer, properly ended.</summary>
    TruncatedJson,

    /// <summary>A whole answer whose log probs are null.</summary>
    NoLogprobs,

    /// <summary>A whole answer that says it is HTML.</summary>
    WrongContentType,

    /// <summary>A whole answer in many small pieces.</summary>
    SlowDrip,
}

/// <summary>Which call meets which fault.</summary>
public static class Faults
{
    /// <summary>All that is not <see cref="Fault.None"/>.</summary>
    public static IReadOnlyList<Fault> All { get; } = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    /// <summary>Whether the server sends a whole answer all the same.</summary>
    public static bool IsAnswered(this Fault fault) => fault is Fault.None or Fault.NoLogprobs or Fault.WrongContentType or Fault.SlowDrip;

    /// <summary>Every n-th call meets one of the faults, drawn with the seed.</summary>
    public static Func<int, Fault> Every(int nth, int seed, IReadOnlyList<Fault>? of = null)
    {
        var random = new Random(seed);
        var drawn = of ?? All;
        var gate = new Lock();
        return call =>
        {
            if (call % nth != 0)
                return Fault.None;
            lock (gate)
                return drawn[random.Next(drawn.Count)];
        };
    }

    /// <summary>The first calls meet the faults, one each; all later ones none.</summary>
    public static Func<int, Fault> First(params Fault[] faults) => call => call <= faults.Length ? faults[call - 1] : Fault.None;

    public static Func<int, Fault> Always(Fault fault) => _ => fault;
}
