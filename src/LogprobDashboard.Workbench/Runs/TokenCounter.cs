using LogprobDashboard.Workbench.Endpoints;
using Microsoft.ML.Tokenizers;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Counts the tokens of prompts. For OpenAI's models by their own encoding; for all others by OpenAI's newest as a stand-in, marked as such:
/// their own tokenizers are not at hand.
/// </summary>
internal sealed class TokenCounter
{
    private const string Newest = "o200k_base";
    private const string Older = "cl100k_base";

    /// <summary>What OpenAI's chat format adds to each message (its frame and its role), and once to start the answer.</summary>
    private const int TokensPerMessage = 4;
    private const int TokensPerAnswer = 3;

    private static readonly (string Prefix, string Encoding)[] Known =
    [
        ("gpt-3.5", Older), ("gpt-35", Older), ("gpt-4o", Newest), ("chatgpt-4o", Newest), ("gpt-4.1", Newest), ("gpt-4.5", Newest), ("gpt-5", Newest), ("gpt-oss", Newest),
        ("gpt-4", Older), ("o1", Newest), ("o3", Newest), ("o4", Newest),
    ];

    private static readonly Lazy<Tokenizer> NewestTokenizer = new(() => TiktokenTokenizer.CreateForEncoding(Newest));
    private static readonly Lazy<Tokenizer> OlderTokenizer = new(() => TiktokenTokenizer.CreateForEncoding(Older));

    private readonly Lazy<Tokenizer> _tokenizer;

    private TokenCounter(string encoding, bool isOfTheModel) =>
        (Encoding, IsOfTheModel, _tokenizer) = (encoding, isOfTheModel, encoding == Older ? OlderTokenizer : NewestTokenizer);

    /// <summary>The encoding's name.</summary>
    public string Encoding { get; }

    /// <summary>Whether the model itself counts by this encoding.</summary>
    public bool IsOfTheModel { get; }

    /// <param name="model">As the endpoint names it; what stands before a slash, as in <c>openai/gpt-4o</c>, says who serves it.</param>
    public static TokenCounter For(string model)
    {
        var name = model[(model.LastIndexOf('/') + 1)..];
        foreach (var (prefix, encoding) in Known)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == prefix.Length || !char.IsAsciiLetterOrDigit(name[prefix.Length])))
                return new TokenCounter(encoding, true);
        }

        return new TokenCounter(Newest, false);
    }

    public int Count(IReadOnlyList<PromptMessage> messages) =>
        messages.Sum(message => TokensPerMessage + _tokenizer.Value.CountTokens(message.Content)) + TokensPerAnswer;
}
