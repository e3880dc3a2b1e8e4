using AiDub.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.WhisperCpp;

/// <summary>Adds whisper.cpp.</summary>
public static class WhisperCppServices
{
    /// <summary>Adds the recogniser, with its options from <c>WhisperCpp</c> below the engines' section.</summary>
    public static IServiceCollection AddWhisperCpp(this IServiceCollection services, IConfiguration engines)
    {
        services.AddOptions<WhisperCppOptions>().Bind(engines.GetSection(WhisperCppOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddEngine<IRecognizer, WhisperCppRecognizer>();
    }
}
