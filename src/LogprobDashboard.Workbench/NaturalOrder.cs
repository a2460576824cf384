namespace LogprobDashboard.Workbench;

/// <summary>Text as people sort it: "category 2" before "category 10". Runs of digits compare as numbers, all else by code unit; equal numbers by their length.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Comparer { get; } = new();

    private NaturalOrder()
    {
    }

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (first, second) = (Digits(left), Digits(right));
            var order = first > 0 && second > 0 ? CompareNumbers(left[..first], right[..second]) : left[0].CompareTo(right[0]);
            if (order != 0)
                return order;
            left = left[Math.Max(1, first)..];
            right = right[Math.Max(1, second)..];
        }

        var rest = left.Length.CompareTo(right.Length);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        first = first.TrimStart('0');
        second = second.TrimStart('0');
        return first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.SequenceCompareTo(second);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
