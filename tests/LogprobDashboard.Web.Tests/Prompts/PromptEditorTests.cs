using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Prompts;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Web.Tests.Prompts;

public sealed class PromptEditorTests : BunitContext
{
    public PromptEditorTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Editor_WithAMistake_MarksItsLineAndSaysItBeneath()
    {
        var editor = EditorOf(new PromptProblem("user", 2, 4, "Unknown variable \"txt\"."), new PromptProblem("user", 5, 1, "Unknown filter \"shout\"."));
        var user = editor.Find("#p-user");
        Assert.Equal("2:4 5:1", editor.Find("[data-field=user] .template-box").GetAttribute("data-wrong"));
        Assert.Equal("true", user.GetAttribute("aria-invalid"));
        var messages = editor.Find("#" + user.GetAttribute("aria-describedby"));
        Assert.Contains("Line 2, column 4: Unknown variable \"txt\".", messages.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, messages.QuerySelectorAll("li").Length);
        Assert.False(editor.Find("#p-system").HasAttribute("aria-invalid"));
    }

    [Fact]
    public void Editor_WithoutAMistake_MarksNothing()
    {
        var editor = EditorOf();
        Assert.Empty(editor.FindAll("[data-wrong], [aria-invalid], [aria-describedby]"));
    }

    [Fact]
    public void Editor_TypedInto_ReportsTheTextOfThatTemplate()
    {
        string? system = null, user = null;
        var editor = Render<PromptEditor>(parameters => parameters
            .Add(p => p.System, "").Add(p => p.User, "{{ text }}").Add(p => p.IdPrefix, "p")
            .Add(p => p.SystemChanged, text => system = text).Add(p => p.UserChanged, text => user = text));
        editor.Find("#p-user").Input("{{ text }}?");
        Assert.Equal((null, "{{ text }}?"), (system, user));
        editor.Find("#p-system").Input("Be brief.");
        Assert.Equal("Be brief.", system);
    }

    /// <summary>With a value of its own a field would be overwritten by a renderer that is a few keys behind.</summary>
    [Fact]
    public void Editor_TypedInto_IsNeverWrittenToByItself()
    {
        var script = ScriptOf(out var editor);
        editor.Find("#p-user").Input("{{ text }}?");
        editor.Render(parameters => parameters.Add(p => p.User, "{{ text }}?"));
        Assert.All(editor.FindAll("textarea"), field => Assert.False(field.HasAttribute("value")));
        Assert.Empty(script.Invocations["show"]);
    }

    [Fact]
    public void Editor_GivenAnotherText_HasTheBrowserWriteThatFieldAlone()
    {
        var script = ScriptOf(out var editor);
        editor.Render(parameters => parameters.Add(p => p.User, "restored {{ text }}"));
        Assert.Equal([null, "restored {{ text }}"], Assert.Single(script.Invocations["show"]).Arguments);
    }

    [Fact]
    public void Editor_OfManyColumns_OffersTheFurtherOnesInAList()
    {
        var fields = Enumerable.Range(1, 12).Select(number => new PromptField($"column{number}", $"{{{{ column{number} }}}}", "a value")).ToList();
        var editor = Render<PromptEditor>(parameters => parameters.Add(p => p.System, "").Add(p => p.User, "").Add(p => p.Fields, fields));
        Assert.Equal(8, editor.FindAll("button[data-insert]").Count);
        Assert.Equal(["", "{{ column9 }}", "{{ column10 }}", "{{ column11 }}", "{{ column12 }}"], editor.FindAll("option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void Editor_Disabled_TakesNothing()
    {
        var editor = Render<PromptEditor>(parameters => parameters.Add(p => p.System, "").Add(p => p.User, "x").Add(p => p.Disabled, true).Add(p => p.Fields, [new PromptField("text", "{{ text }}", "The text")]));
        Assert.All(editor.FindAll("textarea, button"), element => Assert.True(element.IsDisabled()));
    }

    private BunitJSModuleInterop ScriptOf(out IRenderedComponent<PromptEditor> editor)
    {
        var script = JSInterop.SetupModule("./js/promptEditor.js");
        var attached = script.SetupModule("attach", _ => true);
        attached.Mode = JSRuntimeMode.Loose;
        editor = EditorOf();
        return attached;
    }

    private IRenderedComponent<PromptEditor> EditorOf(params PromptProblem[] problems) => Render<PromptEditor>(parameters => parameters
        .Add(p => p.System, "").Add(p => p.User, "one\n{{ txt }}\n\n\n{{ text | shout }}").Add(p => p.IdPrefix, "p").Add(p => p.Problems, problems));
}
