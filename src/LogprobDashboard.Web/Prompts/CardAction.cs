using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Web.Prompts;

/// <summary>What a person does in a variant's card.</summary>
public abstract record CardAction
{
    private CardAction()
    {
    }

    public sealed record Type(string Field, string Text) : CardAction;

    public sealed record TypeName(string Name) : CardAction;

    /// <param name="OnTop">Of whatever version is the newest, also where the words were written from an older one.</param>
    public sealed record Save(bool OnTop = false) : CardAction;

    /// <summary>The newest version's words instead of what was typed.</summary>
    public sealed record TakeNewest : CardAction;

    public sealed record Try : CardAction;

    public sealed record StopTrying : CardAction;

    public sealed record Rename : CardAction;

    public sealed record Duplicate : CardAction;

    public sealed record Delete : CardAction;

    /// <summary>Other sides of the card's diff.</summary>
    public sealed record ShowPane(PromptPane Pane) : CardAction;

    /// <summary>The words of an earlier version as a new one.</summary>
    public sealed record Restore(VariantVersionRecord Version) : CardAction;
}
