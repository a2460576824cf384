using System.Globalization;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>What a run may use up and has used up, in words.</summary>
internal static class BudgetWords
{
    /// <summary>The run paused because it used up what it may, and goes on only with more.</summary>
    public static bool IsUsedUp(RunRecord run) =>
        run.Status is RunStatus.Paused or RunStatus.Cancelled
        && ((run.MaxTokens is { } tokens && run.PromptTokens + run.CompletionTokens >= tokens) || (run.MaxCost is { } most && run.Cost is { } cost && cost >= most));

    public static string Tokens(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>In three digits that count, so that a hundredth of a cent is not nothing; without a currency, which nobody told us.</summary>
    public static string Money(double amount)
    {
        var decimals = amount <= 0 || amount >= 100 ? 2 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(amount)), 2, 8);
        return amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A share in whole percent; what is not all is never 100 %.</summary>
    public static string Share(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{(share < 1 ? Math.Floor(share * 100) : Math.Round(share * 100)):0} %");
}
