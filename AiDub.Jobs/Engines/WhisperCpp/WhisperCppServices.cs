using AiDub.Domain.Ports;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.WhisperCpp;

/// <summary>Adds whisper.cpp.</summary>
public static class WhisperCppServices
{
    /// <summary>Adds the recogniser, with its options from <c>WhisperCpp</c> below the engines' section.</summary>
    public static IServiceCollection AddWhisperCpp(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<WhisperCppOptions>(engines.GetSection(WhisperCppOptions.Section));
        return services.AddEngine<IRecognizer, WhisperCppRecognizer>();
    }
}
