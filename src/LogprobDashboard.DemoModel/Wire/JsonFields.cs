using System.Globalization;
using System.Text.Json;

namespace LogprobDashboard.DemoModel.Wire;

/// <summary>Optional fields of a request object, refused in OpenAI's words. An explicit null counts as absent.</summary>
internal static class JsonFields
{
    public static bool TryGet(JsonElement body, string name, out JsonElement value) =>
        body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public static WireError? ReadInteger(JsonElement body, string name, long minimum, long maximum, ref long value)
    {
        if (!TryGet(body, name, out var element))
            return null;
        if (element.ValueKind != JsonValueKind.Number)
            return WireError.WrongType(name, "an integer", Describe(element));
        var number = element.GetDouble();
        if (number != Math.Floor(number))
            return WireError.WrongType(name, "an integer", "a decimal number");
        if (number < minimum)
            return WireError.BelowMinimum(name, minimum, element.GetRawText());
        if (number > maximum)
            return WireError.AboveMaximum(name, maximum, element.GetRawText());
        value = (long)number;
        return null;
    }

    public static WireError? ReadBoolean(JsonElement body, string name, ref bool value)
    {
        if (!TryGet(body, name, out var element))
            return null;
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return WireError.WrongType(name, "a boolean", Describe(element));
        value = element.GetBoolean();
        return null;
    }

    public static WireError? CheckDecimal(JsonElement body, string name, double minimum, double maximum)
    {
        if (!TryGet(body, name, out var element))
            return null;
        if (element.ValueKind != JsonValueKind.Number)
            return WireError.WrongType(name, "a decimal", Describe(element));
        var number = element.GetDouble();
        if (number < minimum)
        {
            return new WireError(400, string.Create(CultureInfo.InvariantCulture,
                $"Invalid '{name}': decimal below minimum value. Expected a value >= {minimum}, but got {element.GetRawText()} instead."), name, "decimal_below_min_value");
        }

        return number <= maximum
            ? null
            : new WireError(400, string.Create(CultureInfo.InvariantCulture,
                $"Invalid '{name}': decimal above maximum value. Expected a value <= {maximum}, but got {element.GetRawText()} instead."), name, "decimal_above_max_value");
    }

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
