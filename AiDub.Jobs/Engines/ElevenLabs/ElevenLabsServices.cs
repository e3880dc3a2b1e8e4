using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Engines.ElevenLabs;

/// <summary>Adds ElevenLabs.</summary>
public static class ElevenLabsServices
{
    /// <summary>Adds the synthesiser, with its options from <c>ElevenLabs</c> below the engines' section.</summary>
    public static IServiceCollection AddElevenLabs(this IServiceCollection services, IConfiguration engines) => services
        .AddRemote<ElevenLabsOptions>(ElevenLabsOptions.Section, engines.GetSection(ElevenLabsOptions.Section))
        .AddEngine<ISynthesizer, ElevenLabsSynthesizer>();
}
