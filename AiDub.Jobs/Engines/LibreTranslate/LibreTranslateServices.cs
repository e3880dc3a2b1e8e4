using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.LibreTranslate;

/// <summary>Adds LibreTranslate.</summary>
public static class LibreTranslateServices
{
    /// <summary>Adds the translator, with its options from <c>LibreTranslate</c> below the engines' section.</summary>
    public static IServiceCollection AddLibreTranslate(this IServiceCollection services, IConfiguration engines) => services
        .AddRemote<LibreTranslateOptions>(LibreTranslateOptions.Section, engines.GetSection(LibreTranslateOptions.Section))
        .AddEngine<ITranslator, LibreTranslateTranslator>();
}
