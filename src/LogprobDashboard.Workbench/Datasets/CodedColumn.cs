namespace LogprobDashboard.Workbench.Datasets;

/// <summary>A column of few values as one list of them and a code for each row; -1 is no value.</summary>
internal sealed class CodedColumn
{
    private readonly List<string> _values = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<int> _rows = [];

    public IReadOnlyList<string> Values => _values;

    public void Add(string? value)
    {
        if (value is null)
        {
            _rows.Add(-1);
            return;
        }
        if (!_codes.TryGetValue(value, out var code))
        {
            code = _values.Count;
            _values.Add(value);
            _codes.Add(value, code);
        }
        _rows.Add(code);
    }

    public int[] ToCodes() => [.. _rows];
}
