using MudBlazor;

namespace LogprobDashboard.Web.Layout;

/// <summary>
/// MudBlazor in the product's look. The colours that a reader sees come from <c>css/tokens.css</c>, which the theme script switches before the first frame;
/// these are the same values for what MudBlazor computes from them.
/// </summary>
internal static class LookTheme
{
    private static readonly string[] Fonts = ["Inter", "Segoe UI", "system-ui", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5fa5",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            TextPrimary = "#16202c",
            TextSecondary = "#5b6877",
            ActionDefault = "#5b6877",
            LinesDefault = "#e2e6eb",
            LinesInputs = "#e2e6eb",
            TableLines = "#e2e6eb",
            Divider = "#e2e6eb",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6db3f2",
            PrimaryContrastText = "#10151b",
            Background = "#10151b",
            Surface = "#182029",
            TextPrimary = "#e8edf2",
            TextSecondary = "#98a6b5",
            ActionDefault = "#98a6b5",
            LinesDefault = "#2a3541",
            LinesInputs = "#2a3541",
            TableLines = "#2a3541",
            Divider = "#2a3541",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "13px", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "14px", FontWeight = "400", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
