using AiDub.Api.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Uploads;

/// <summary>Uploads.</summary>
internal static class UploadServices
{
    /// <summary>Adds what takes files.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services)
    {
        services.AddSingleton<Uploader>();
        services.AddSingleton<IContractExamples, UploadExamples>();
        services.Configure<SwaggerGenOptions>(swagger => swagger.OperationFilter<UploadFormSchema>());
        return services;
    }
}
