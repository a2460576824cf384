using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Compare;

public static class CompareRegistration
{
    public static IServiceCollection AddCompare(this IServiceCollection services) => services
        .AddSingleton<TextGroups>().AddSingleton<SliceColumns>().AddSingleton<JudgedRuns>()
        .AddOwn<CompareQueries>().AddOwn<ComparisonQueries>().AddOwn<DecisionQueries>().AddOwn<ChangesQueries>().AddOwn<ConfusionsQueries>().AddOwn<LabelCurvesQueries>().AddOwn<CensoringQueries>().AddOwn<Curves.CurvesQueries>()
        .AddOwn<Slices.SlicesQueries>().AddOwn<Calibration.CalibrationQueries>();
}
