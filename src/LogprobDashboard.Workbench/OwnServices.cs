using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench;

/// <summary>Registers public services whose collaborators are internal: their one constructor is internal too, which the container would not see.</summary>
internal static class OwnServices
{
    public static IServiceCollection AddOwn<TService>(this IServiceCollection services)
        where TService : class
    {
        var constructor = typeof(TService).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        var parameters = Array.ConvertAll(constructor.GetParameters(), parameter => parameter.ParameterType);
        return services.AddSingleton(provider =>
            (TService)constructor.Invoke(Array.ConvertAll(parameters, provider.GetRequiredService)));
    }
}
