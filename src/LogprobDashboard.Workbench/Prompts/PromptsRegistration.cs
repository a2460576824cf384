using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Prompts;

public static class PromptsRegistration
{
    public static IServiceCollection AddPrompts(this IServiceCollection services) => services
        .AddOwn<VariantsQueries>()
        .AddOwn<VariantsService>()
        .AddOwn<PromptChecks>()
        .AddOwn<PreviewSamples>()
        .AddOwn<TryService>();
}
