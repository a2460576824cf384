using System.Globalization;
using System.Text;

namespace LogprobDashboard.Browser.Tests.Hosting;

/// <summary>A file as people have it: ten queues that begin alike, a column with a space in its name, and a row with cells too many.</summary>
internal static class SupportTickets
{
    public const int Count = 80;

    /// <summary>A line a queue, in the order of the letter codes; the sample's text stands on line 14.</summary>
    public const string Prompt = """
        Which queue fits this ticket?

        A: Account access, password, login, reset, locked
        B: Account closure, close, delete, leave
        C: Billing dispute, charged twice, wrong amount
        D: Billing question, invoice, when charged
        E: Bug report, crash, error, freeze
        F: Feature request, would be great, please add
        G: Other, thanks
        H: Refund request, money back
        I: Shipping damage, broken, shattered, dented
        J: Shipping delay, late, waiting, where is it

        Ticket: {{ columns["Ticket Subject"] }}
        Answer with its letter alone.
        Answer:
        """;

    private const int RowWithAMistake = 17;

    private static readonly (string Queue, string Subject)[] Kinds =
    [
        ("Account access", "I am locked out, the password reset for {0} fails"),
        ("Account closure", "Please close and delete my account {0}"),
        ("Billing dispute", "Charged twice for {0}, the amount is wrong"),
        ("Billing question", "When is invoice {0} charged?"),
        ("Bug report", "The app shows error {0} and a crash when I save"),
        ("Feature request", "It would be great to export {0} as a sheet"),
        ("Other", "Thanks for your help with {0}"),
        ("Refund request", "I want my money back for {0}"),
        ("Shipping damage", "Parcel {0} came broken and dented"),
        ("Shipping delay", "Still waiting for parcel {0}, where is it"),
    ];

    public static string Csv()
    {
        var csv = new StringBuilder("Ticket Id,Ticket Subject,Queue,Channel\n");
        for (var row = 1; row <= Count; row++)
        {
            var (queue, subject) = Kinds[row * 7 % Kinds.Length];
            var text = string.Format(CultureInfo.InvariantCulture, subject, (row * 37) + "-" + new string((char)('a' + (row % 26)), row % 5));
            csv.Append(CultureInfo.InvariantCulture, $"{row},\"{text}\",{queue},{(row % 2 == 0 ? "mail" : "chat")}{(row == RowWithAMistake ? ",stray,cells" : "")}\n");
        }

        return csv.ToString();
    }
}
