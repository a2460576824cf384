namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Some servers write NaN and Infinity into JSON, which has no such numbers. They become null: an unusable log p, and the rest is read.</summary>
internal static class BareNumbers
{
    /// <returns>Null where there is none outside of strings.</returns>
    public static byte[]? Replace(ReadOnlySpan<byte> json)
    {
        var output = new List<byte>(json.Length);
        var found = false;
        for (var i = 0; i < json.Length;)
        {
            if (json[i] == '"')
            {
                var end = EndOfString(json, i);
                output.AddRange(json[i..end]);
                i = end;
            }
            else if (Length(json[i..]) is > 0 and var length)
            {
                output.AddRange("null"u8);
                found = true;
                i += length;
            }
            else
            {
                output.Add(json[i++]);
            }
        }

        return found ? [.. output] : null;
    }

    private static int Length(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;

    private static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        for (var i = start + 1; i < json.Length; i++)
        {
            if (json[i] == '\\')
                i++;
            else if (json[i] == '"')
                return i + 1;
        }

        return json.Length;
    }
}
