using AiDub.Api.Wire;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Endpoints;

/// <summary>How the contract's endpoints read, judge and answer.</summary>
internal static class EndpointServices
{
    /// <summary>Adds the controllers, the JSON of the contract, and the automatic validation of what they receive.</summary>
    public static IServiceCollection AddEndpoints(this IServiceCollection services)
    {
        services
            .AddControllers(mvc =>
            {
                mvc.ModelValidatorProviders.Clear();
                mvc.OnlyWhatIsRead();
            })
            .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new OwnControllers()))
            .AddJsonOptions(json =>
            {
                WireJson.Configure(json.JsonSerializerOptions);
                // What the reader says is not told: with this the error itself is kept, which says where.
                json.AllowInputFormatterExceptionMessages = false;
            });
        services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        services.AddFluentValidationAutoValidation(validation => validation.DisableDataAnnotationsValidation = true);
        services.AddSingleton<IValidatorInterceptor, ValidationErrors>();
        services.Configure<ApiBehaviorOptions>(api =>
        {
            api.SuppressMapClientErrors = true;
            api.InvalidModelStateResponseFactory = ValidationErrors.Answer;
        });
        services.AddOptions<MvcOptions>()
            .PostConfigure<IOptions<JsonOptions>, ILogger<SystemTextJsonInputFormatter>>((mvc, json, log) =>
            {
                mvc.InputFormatters.RemoveType<SystemTextJsonInputFormatter>();
                mvc.InputFormatters.Insert(0, new BodyReader(json.Value, log));
            });
        return services;
    }

    // Every request pays for what MVC would look through: no action reads fields of a form, and what was sent is judged as a whole.
    private static void OnlyWhatIsRead(this MvcOptions mvc)
    {
        mvc.ValueProviderFactories.Clear();
        mvc.ValueProviderFactories.Add(new RouteValueProviderFactory());
        mvc.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
        mvc.ModelMetadataDetailsProviders.Add(new SuppressChildValidationMetadataProvider(typeof(object)));
    }
}
