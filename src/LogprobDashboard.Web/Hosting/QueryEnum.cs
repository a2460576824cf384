using System.Text.Json;
using LogprobDashboard.Workbench;

namespace LogprobDashboard.Web.Hosting;

/// <summary>Enumerations in a query are written as in JSON: lower-camel, no numbers.</summary>
internal static class QueryEnum
{
    public static TEnum Parse<TEnum>(string? text, TEnum otherwise, string field)
        where TEnum : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(Name(value), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        throw UserErrorException.Field(field, $"\"{text}\" is none of the values of \"{field}\".", $"Use one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Name))}.", UserErrorKind.Malformed);
    }

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
