using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.OpenAi.Recognition;
using AiDub.Jobs.Engines.OpenAi.Speech;
using AiDub.Jobs.Engines.OpenAi.Translation;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.OpenAi;

/// <summary>Adds the engines that speak OpenAI's protocol.</summary>
public static class OpenAiServices
{
    /// <summary>
    /// Adds recognition, translation and speech, each with a section of its own below the engines' section, and <c>OpenAi</c> for all
    /// three.
    /// </summary>
    public static IServiceCollection AddOpenAi(this IServiceCollection services, IConfiguration engines)
    {
        var shared = engines.GetSection(OpenAiOptions.SharedSection);
        services.AddRemote<OpenAiRecognizerOptions>(
            OpenAiRecognizerOptions.Section, shared, engines.GetSection(OpenAiRecognizerOptions.Section));
        services.AddRemote<OpenAiTranslatorOptions>(
            OpenAiTranslatorOptions.Section, shared, engines.GetSection(OpenAiTranslatorOptions.Section));
        services.AddRemote<OpenAiSynthesizerOptions>(
            OpenAiSynthesizerOptions.Section, shared, engines.GetSection(OpenAiSynthesizerOptions.Section));
        return services
            .AddEngine<IRecognizer, OpenAiRecognizer>()
            .AddEngine<ITranslator, OpenAiTranslator>()
            .AddEngine<ISynthesizer, OpenAiSynthesizer>();
    }
}
