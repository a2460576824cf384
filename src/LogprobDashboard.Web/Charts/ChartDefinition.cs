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
    IReadOnlyList<ChartNote> Notes);

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
public sealed record ChartSeries(string Name, string Color, int Dash, ChartLine Line, IReadOnlyList<ChartPoint> Points);

/// <summary>A point and what is known of it, already in words.</summary>
public sealed record ChartPoint(double X, double Y, IReadOnlyList<string> Values);

/// <summary>A pale line to read the chart by, with a word at <paramref name="LabelAt"/>, or none where there is no room. It carries no data.</summary>
public sealed record ChartGuide(string Label, (double X, double Y) LabelAt, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A mark on the chart: hollow is the argmax, full the chosen threshold.</summary>
public sealed record ChartMark(double X, double Y, string Color, bool Full);

/// <summary>A dotted horizontal line.</summary>
public sealed record ChartReference(double Y, string Color);

/// <summary>What a kind of mark or line means, in the legend and in exported files.</summary>
public sealed record ChartNote(ChartGlyph Glyph, string Text);

public enum ChartGlyph
{
    HollowCircle,
    FullCircle,
    DottedLine,
    PaleDashes,
}

/// <summary>A point of a series, by position.</summary>
public sealed record ChartHit(int Series, int Point);
