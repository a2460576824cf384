namespace LogprobDashboard.Analysis.OperatingPoints;

internal static class RuleNumbers
{
    public static double Between(double value, double low, double high, string name) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(name, value, $"The number must be between {low} and {high}.");
}
