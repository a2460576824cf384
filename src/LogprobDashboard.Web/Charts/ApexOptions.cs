namespace LogprobDashboard.Web.Charts;

/// <summary>The options of ApexCharts 4.7 that are used here, by its own names; what is null is left to its defaults.</summary>
public sealed record ApexOptions(
    ApexChartOptions Chart,
    IReadOnlyList<ApexSeries> Series,
    IReadOnlyList<string> Colors,
    ApexStroke Stroke,
    ApexAxis Xaxis,
    ApexAxis Yaxis,
    ApexGrid Grid)
{
    public ApexToggle Legend { get; } = new(false);

    public ApexToggle Tooltip { get; } = new(false);

    public ApexToggle DataLabels { get; } = new(false);

    /// <summary>Thousands of marker nodes would make drawing seven times slower.</summary>
    public ApexMarkers Markers { get; } = new(0, new ApexHover(0));

    public ApexStates States { get; } = new();

    /// <summary>Of lines too; the default lets the background through.</summary>
    public ApexFill Fill { get; } = new(1);
}

public sealed record ApexToggle(bool Enabled)
{
    public bool Show => Enabled;
}

public sealed record ApexFill(double Opacity);

public sealed record ApexFilter(string Type = "none");

public sealed record ApexState
{
    public ApexFilter Filter { get; } = new();
}

public sealed record ApexStates
{
    public ApexState Hover { get; } = new();

    public ApexState Active { get; } = new();
}

public sealed record ApexHover(int Size);

public sealed record ApexMarkers(int Size, ApexHover Hover);

public sealed record ApexChartOptions(string Type, string Height, string FontFamily, string ForeColor, string Background)
{
    public ApexToggle Animations { get; } = new(false);

    public ApexToggle Toolbar { get; } = new(false);

    public ApexToggle Zoom { get; } = new(false);

    public ApexToggle Selection { get; } = new(false);
}

public sealed record ApexSeries(string Name, IReadOnlyList<IReadOnlyList<double>> Data);

public sealed record ApexStroke(IReadOnlyList<string> Curve, IReadOnlyList<double> Width, IReadOnlyList<int> DashArray)
{
    public string LineCap { get; } = "butt";
}

public sealed record ApexAxis(double Min, double Max, int TickAmount, int DecimalsInFloat, ApexTitle Title)
{
    /// <summary>Of the x axis; the y axis ignores it.</summary>
    public string Type { get; } = "numeric";

    public ApexLabels Labels { get; } = new(new ApexText("12px"));

    public ApexToggle AxisBorder { get; } = new(false);

    public ApexToggle AxisTicks { get; } = new(false);

    public ApexToggle Crosshairs { get; } = new(false);

    public ApexToggle Tooltip { get; } = new(false);
}

public sealed record ApexLabels(ApexText Style)
{
    public int Rotate { get; }
}

public sealed record ApexTitle(string Text, ApexText Style);

public sealed record ApexText(string FontSize, int FontWeight = 400, string? Color = null);

public sealed record ApexGrid(string BorderColor, ApexGridLines Xaxis, ApexGridLines Yaxis, ApexPadding Padding);

public sealed record ApexGridLines(ApexToggle Lines);

public sealed record ApexPadding(int Top, int Right, int Bottom, int Left);
