using AiDub.Api.Endpoints;
using AiDub.Api.OpenApi;
using FluentValidation;

namespace AiDub.Api.Submitting;

/// <summary>Submissions.</summary>
internal static class SubmitServices
{
    /// <summary>Adds what takes submissions in.</summary>
    public static IServiceCollection AddSubmitting(this IServiceCollection services)
    {
        services.AddSingleton<Submitter>();
        services.AddSingleton<IValidator<SubmitRequest>, SubmitRequestValidator>();
        services.AddKeyedSingleton<IRuleFacts, LanguageFacts>(typeof(SubmitRequest));
        services.AddSingleton<IContractExamples, SubmitExamples>();
        return services;
    }
}
