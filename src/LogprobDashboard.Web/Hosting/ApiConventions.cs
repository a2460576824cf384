using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogprobDashboard.Web.Hosting;

internal static class ApiConventions
{
    /// <summary>camelCase, enums as lower-camel strings; a number for an enum is refused, and NaN cannot be written.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    /// <summary>Tells the API's description which problems a call can answer with.</summary>
    public static TBuilder CanFail<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));
        return builder;
    }
}
