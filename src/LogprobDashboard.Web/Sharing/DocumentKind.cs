namespace LogprobDashboard.Web.Sharing;

/// <summary>What a document is for.</summary>
public enum DocumentKind
{
    /// <summary>Made for whoever made it: says where the figures come from, endpoint hosts and prompts included.</summary>
    Report,

    /// <summary>For whoever has the link: the figures of the day.</summary>
    Live,

    /// <summary>For whoever has the link: the figures as they were.</summary>
    Frozen,
}

/// <summary>What a document is, beside the view that it shows.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="ShowsTexts">Whether texts of samples stand where the view lists samples.</param>
/// <param name="MadeAt">When its figures were read.</param>
/// <param name="Address">Of a report: the exact address of the view.</param>
/// <param name="EndsAt">Of a link: until when it can be opened.</param>
public sealed record DocumentNature(DocumentKind Kind, bool ShowsTexts, DateTimeOffset MadeAt, string? Address = null, DateTimeOffset? EndsAt = null)
{
    /// <summary>Made for others, who see neither hosts nor prompts.</summary>
    public bool IsShared => Kind != DocumentKind.Report;
}
