namespace LogprobDashboard.Web.Charts;

/// <summary>
/// A finished chart: everything it shows is decided, nothing is computed any more. Colours are CSS values; <c>var(--…)</c> follows the theme.
/// <paramref name="Title"/> names it for a reader, a screen reader and an exported file; <paramref name="Description"/> says it in a sentence for who cannot see it.
/// <paramref name="Columns"/> heads what is known of each point, in the order of <see cref="ChartPoint.Values"/>, in the hover and in the table.
/// </summary>
public sealed record ChartDefinition(
    string Title,
    string Description,
    ChartAxis X,
    ChartAxis Y,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ChartSeries> Series,
    IReadOnlyList<ChartGuide> Guides,
    IReadOnlyList<ChartMark> Marks,
    IReadOnlyList<ChartReference> References,
    IReadOnlyList<ChartNote> Notes)
{
    /// <summary>Pale areas beneath everything else.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>Vertical lines.</summary>
    public IReadOnlyList<ChartUpright> Uprights { get; init; } = [];

    /// <summary>What the legend names; empty: the series, none of them to be switched off.</summary>
    public IReadOnlyList<ChartLegendEntry> Legend { get; init; } = [];

    /// <summary>Moving one handle moves all of them: marks to the same <see cref="ChartPoint.Key"/> on their own series, uprights to the same x.</summary>
    public bool LinksHandles { get; init; }
}

/// <summary>A numeric axis from <paramref name="Min"/> to <paramref name="Max"/> in <paramref name="Ticks"/> equal parts.</summary>
public sealed record ChartAxis(string Title, double Min, double Max, int Ticks, int Decimals);

/// <summary>How the points of a series are joined.</summary>
public enum ChartLine
{
    Straight,

    /// <summary>A point's value holds from the x of the point before it up to its own: a precision-recall curve that ascends in recall.</summary>
    StepBefore,
}

/// <summary>A line that carries data: it is hovered, listed in the table and named in the legend. Points ascend in x. Dash 0 is solid.</summary>
public sealed record ChartSeries(string Name, string Color, int Dash, ChartLine Line, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>What the series is of, for whoever made the chart.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the area between the line and y = 0 is filled with a pale shade of its colour: a histogram.</summary>
    public bool IsFilled { get; init; }
}

/// <summary>A point and what is known of it, already in words.</summary>
public sealed record ChartPoint(double X, double Y, IReadOnlyList<string> Values)
{
    /// <summary>The number that choosing the point means, as its threshold; descending or ascending along the series. Null where it means none.</summary>
    public double? Key { get; init; }

    /// <summary>The radius, in pixels, of a dot that is drawn at the point in the colour of its series; null draws none.</summary>
    public double? Dot { get; init; }
}

/// <summary>A pale area in <paramref name="Color"/>, as a band of confidence. Points ascend in x; between them its edges are straight.</summary>
public sealed record ChartBand(string Color, IReadOnlyList<ChartBandPoint> Points);

public sealed record ChartBandPoint(double X, double Low, double High);

/// <summary>A pale line to read the chart by, with a word at <paramref name="LabelAt"/>, or none where there is no room. It carries no data.</summary>
public sealed record ChartGuide(string Label, (double X, double Y) LabelAt, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A mark on the chart: hollow is the argmax, full the chosen threshold.</summary>
public sealed record ChartMark(double X, double Y, string Color, bool Full)
{
    /// <summary>Null where the mark stays; else it can be moved along the points of the series with this <see cref="ChartSeries.Id"/> that have a key.</summary>
    public string? Handle { get; init; }

    /// <summary>What is moved, in words.</summary>
    public string HandleName { get; init; } = "";
}

/// <summary>A dotted horizontal line.</summary>
public sealed record ChartReference(double Y, string Color);

/// <summary>A vertical line. Dash 0 is solid.</summary>
public sealed record ChartUpright(double X, string Color, int Dash)
{
    /// <summary>Null where the line stays; else it can be moved along the x axis, and this is reported with its x. Empty is a handle like any other.</summary>
    public string? Handle { get; init; }

    /// <summary>What is moved, in words.</summary>
    public string HandleName { get; init; } = "";
}

/// <summary>A name in the legend. What <paramref name="IsOff"/> is not drawn; its <paramref name="Id"/> is told where it is to be switched.</summary>
public sealed record ChartLegendEntry(string Id, string Name, string Color, int Dash, bool IsOff);

/// <summary>A handle that is moved: the <paramref name="Value"/> is the key of a mark's point or the x of an upright.</summary>
public sealed record ChartDrag(string Handle, double Value, bool Ended);

/// <summary>A part of a chart, in the units of its axes.</summary>
public sealed record ChartRange(double XMin, double XMax, double YMin, double YMax);

/// <summary>What a kind of mark or line means, in the legend and in exported files.</summary>
public sealed record ChartNote(ChartGlyph Glyph, string Text);

public enum ChartGlyph
{
    HollowCircle,
    FullCircle,
    DottedLine,
    PaleDashes,
    PaleArea,
    UprightLine,
}

/// <summary>A point of a series, by position.</summary>
public sealed record ChartHit(int Series, int Point);
