using AiDub.Api.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Dubs;

/// <summary>What is recorded of dubs.</summary>
internal static class DubServices
{
    /// <summary>Adds what lists, reads, deletes and retries dubs.</summary>
    public static IServiceCollection AddDubs(this IServiceCollection services)
    {
        services.AddSingleton<DubList>();
        services.AddSingleton<DubAnswers>();
        services.AddSingleton<IContractExamples, DubExamples>();
        services.Configure<SwaggerGenOptions>(swagger =>
        {
            swagger.OperationFilter<DubSchemas>();
            swagger.SchemaFilter<DubSchemas>();
        });
        return services;
    }
}
