using System.Globalization;
using System.Text;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>Texts of about 100 characters, no two alike, and the prompt that asks about them; every contender gets the same.</summary>
internal static class Messages
{
    public const string System = "You sort short messages that people get on their telephones.";
    public const string Question = "Is this message spam? Answer Yes or No only.\n\nMessage: ";

    private static readonly string[] Words =
        ["please", "call", "the", "office", "before", "noon", "tomorrow", "about", "your", "winning", "ticket", "naïve", "Straße", "привет", "meeting", "moved", "to", "room", "twelve", "free", "offer", "ends", "soon", "it's"];

    public static string Of(int index)
    {
        var state = ((uint)index * 2654435761u) + 12345;
        var text = new StringBuilder(128);
        while (text.Length < 95)
        {
            state = (state * 1664525) + 1013904223;
            text.Append(Words[(state >> 8) % (uint)Words.Length]).Append(' ');
        }

        return text.Append(CultureInfo.InvariantCulture, $"#{index}").ToString();
    }

    public static bool IsSpam(int index) => index % 5 == 0;

    public static string Csv(int count)
    {
        var csv = new StringBuilder("text,label\n");
        for (var index = 0; index < count; index++)
            csv.Append(Of(index)).Append(IsSpam(index) ? ",spam\n" : ",ham\n");
        return csv.ToString();
    }
}
