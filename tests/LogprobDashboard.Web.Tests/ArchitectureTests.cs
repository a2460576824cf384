using System.Reflection;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.DemoModel;
using LogprobDashboard.Workbench;

namespace LogprobDashboard.Web.Tests;

/// <summary>Dependencies point one way: Web to Workbench to Analysis; Web to Analysis and the demo model too.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Analysis = typeof(LabelSet).Assembly;
    private static readonly Assembly Workbench = typeof(WorkbenchOptions).Assembly;
    private static readonly Assembly Demo = typeof(DemoChatCompletions).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    [Fact]
    public void Analysis_RefersToTheBaseClassLibraryOnly() =>
        Assert.All(References(Analysis), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Workbench_KnowsAnalysisAndNoPages()
    {
        Assert.Equal(["LogprobDashboard.Analysis"], References(Workbench).Where(IsOurs));
        Assert.DoesNotContain(References(Workbench), name => name.Contains("Components", StringComparison.Ordinal) || name.StartsWith("MudBlazor", StringComparison.Ordinal));
    }

    [Fact]
    public void DemoModel_KnowsNobody() => Assert.DoesNotContain(References(Demo), IsOurs);

    [Fact]
    public void Web_ReachesServersAndTheDatabaseOnlyThroughTheWorkbench() =>
        Assert.DoesNotContain(References(Web), name =>
            name.StartsWith("Microsoft.SemanticKernel", StringComparison.Ordinal) || name is "OpenAI" or "Fluid" or "Microsoft.Data.Sqlite" or "Microsoft.EntityFrameworkCore.Sqlite");

    [Fact]
    public void SemanticKernel_StopsAtEndpoints() => HeldTo(Workbench, "LogprobDashboard.Workbench.Endpoints", "Microsoft.SemanticKernel", "OpenAI");

    [Fact]
    public void LiquidTemplates_StopAtPrompts() => HeldTo(Workbench, "LogprobDashboard.Workbench.Prompts", "Fluid");

    /// <summary>Pages and the API get records: whatever stands in a table is internal to the workbench.</summary>
    [Fact]
    public void Entities_AreInternal() =>
        Assert.DoesNotContain(Workbench.GetExportedTypes(), type => type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Any(nested => nested.Name == "Configuration"));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsOurs(string name) => name.StartsWith("LogprobDashboard.", StringComparison.Ordinal);

    /// <summary>Types of these assemblies appear in fields, parameters, results and locals of one namespace only.</summary>
    private static void HeldTo(Assembly assembly, string home, params string[] owners)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var users = assembly.GetTypes().Where(type => Mentions(type).Any(IsForeign)).Select(type => type.FullName!).ToList();
        Assert.NotEmpty(users);
        Assert.All(users, name => Assert.StartsWith(home, name, StringComparison.Ordinal));

        bool IsForeign(Type type) => owners.Any(owner => type.Namespace is { } space && (space == owner || space.StartsWith(owner + ".", StringComparison.Ordinal)));

        static IEnumerable<Type> Mentions(Type type) => type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType)
                .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])))
            .SelectMany(Parts);

        static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : type.HasElementType ? Parts(type.GetElementType()!) : [type];
    }
}
