using AiDub.Api.OpenApi;
using FluentValidation;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace AiDub.Api.Progress;

/// <summary>Polling.</summary>
internal static class ProgressServices
{
    /// <summary>Adds what answers polls, and delivers finished dubs.</summary>
    public static IServiceCollection AddProgress(this IServiceCollection services)
    {
        services.AddSingleton<RunningAnswers>();
        services.AddSingleton<DoubtfulDeliveries>();
        services.AddSingleton<ProgressReader>();
        services.AddSingleton<RunningPoll>();
        services.AddSingleton<IValidator<ProgressRequest>, ProgressRequestValidator>();
        services.AddSingleton<IContractExamples, ProgressExamples>();
        services.Configure<SwaggerGenOptions>(swagger => swagger.OperationFilter<PollAnswers>());
        return services;
    }
}
