namespace LogprobDashboard.DemoModel.Learning;

/// <summary>The model's fixed numbers, set by hand on the demo samples and the benchmark; the same for every prompt, and nothing here names a topic, a language or a word.</summary>
internal static class Weights
{
    public const double Words = 1.2;
    public const double WordSmoothing = 0.4;
    public const double DescriptionWord = 1.2;
    public const double ListedWord = 2.4;
    public const double LabelWord = 0.5;

    public const double Ngrams = 14;
    public const double NgramHalf = 60;
    public const double NgramSmoothing = 0.15;

    public const double Traits = 0.8;

    /// <summary>How much the share of a label among the examples counts.</summary>
    public const double ExampleShare = 0.8;

    /// <summary>Standard deviation of what the model says without having learnt anything.</summary>
    public const double Untrained = 0.12;

    /// <summary>No label falls further behind the likeliest.</summary>
    public const double LargestOdds = 16;

    public const double OffLabel = 0.004;
    public const double OffLabelUnsure = 0.02;
    public const double OffLabelOdd = 0.25;
}
