using System.Runtime.InteropServices;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>One usable token of a position.</summary>
/// <param name="Token">The token.</param>
/// <param name="LogProbability">Its clipped log probability.</param>
/// <param name="Listed">It stands in <c>top_logprobs</c>, not only as the chosen token.</param>
internal readonly record struct TopToken(TokenLogprob Token, double LogProbability, bool Listed);

/// <summary>The top-k of a position: its usable alternatives, each token once with its larger log p, and the chosen token where the list lacks it.</summary>
internal sealed class TopTokens
{
    private const int ScanLimit = 64;

    private readonly List<TopToken> _tokens;
    private readonly Dictionary<string, List<int>>? _places;

    private TopTokens(AnswerPosition position)
    {
        var listed = position.TopLogprobs;
        _tokens = new(listed.Count + 1);
        _places = listed.Count > ScanLimit ? new(StringComparer.Ordinal) : null;
        var chosenListed = false;
        for (var place = 0; place < listed.Count; place++)
        {
            var token = listed[place];
            var isChosen = !chosenListed && token.IsSameToken(position.Chosen);
            chosenListed |= isChosen;
            Add(token, isListed: true);
        }

        Chosen = Find(position.Chosen);
        if (Chosen >= 0)
            return;
        if (UsableLogProbability.TryRead(position.Chosen.LogProbability, out _))
        {
            Add(position.Chosen, isListed: false);
            Chosen = _tokens.Count - 1;
        }
        else if (!chosenListed)
        {
            Dropped++;
        }
    }

    /// <summary>The usable tokens, each once.</summary>
    public ReadOnlySpan<TopToken> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>The chosen token's place in <see cref="Tokens"/>, -1 where it has no usable log p.</summary>
    public int Chosen { get; }

    /// <summary>How many entries have no usable log p.</summary>
    public int Dropped { get; private set; }

    public static TopTokens Of(AnswerPosition position) => new(position);

    /// <summary>True where <see cref="Of"/> would hold a token.</summary>
    public static bool AnyUsable(AnswerPosition position)
    {
        if (UsableLogProbability.TryRead(position.Chosen.LogProbability, out _))
            return true;
        for (var place = 0; place < position.TopLogprobs.Count; place++)
            if (UsableLogProbability.TryRead(position.TopLogprobs[place].LogProbability, out _))
                return true;
        return false;
    }

    /// <summary>True where the position carries a log p at all, usable or not.</summary>
    public static bool AnySent(AnswerPosition position) =>
        position.Chosen.LogProbability is not null || position.TopLogprobs.Any(token => token.LogProbability is not null);

    private void Add(TokenLogprob token, bool isListed)
    {
        if (!UsableLogProbability.TryRead(token.LogProbability, out var usable))
        {
            Dropped++;
            return;
        }

        var place = Find(token);
        if (place < 0)
        {
            _tokens.Add(new(token, usable, isListed));
            if (_places is null)
                return;
            if (!_places.TryGetValue(token.Token, out var places))
                _places.Add(token.Token, places = []);
            places.Add(_tokens.Count - 1);
        }
        else if (usable > _tokens[place].LogProbability)
        {
            _tokens[place] = _tokens[place] with { LogProbability = usable };
        }
    }

    private int Find(TokenLogprob token)
    {
        if (_places is not null)
        {
            if (_places.TryGetValue(token.Token, out var places))
                foreach (var place in places)
                    if (_tokens[place].Token.IsSameToken(token))
                        return place;
            return -1;
        }

        for (var place = 0; place < _tokens.Count; place++)
            if (_tokens[place].Token.IsSameToken(token))
                return place;
        return -1;
    }
}
