using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>One recorded body of <c>../shared/data/wire</c> and what it has to be read as.</summary>
internal sealed record WireCase(string File, int Status)
{
    /// <summary>The first generated token; null where no log probs came.</summary>
    public string? Token { get; init; }

    /// <summary>The log p of that token, as it stands in the file.</summary>
    public double? Logprob { get; init; }

    /// <summary>How many alternatives stand at the first position.</summary>
    public int Alternatives { get; init; }

    public int Positions { get; init; }

    public string? FinishReason { get; init; }

    /// <summary>What the answer's text begins with.</summary>
    public string Text { get; init; } = "";

    public bool Reasoned { get; init; }

    /// <summary>Null where an answer has to come.</summary>
    public FailureKind? Failure { get; init; }

    /// <summary>What the sentence for the person has to say.</summary>
    public string Words { get; init; } = "";

    public static WireCase First(string file, string token, double logprob, int alternatives, int positions, string? finish, string text) =>
        new(file, 200) { Token = token, Logprob = logprob, Alternatives = alternatives, Positions = positions, FinishReason = finish, Text = text };

    public static WireCase NoLogprobs(string file, string? finish, string text, bool reasoned = false) =>
        new(file, 200) { FinishReason = finish, Text = text, Reasoned = reasoned };

    public static WireCase Fails(string file, int status, FailureKind kind, string words) =>
        new(file, status) { Failure = kind, Words = words };
}
