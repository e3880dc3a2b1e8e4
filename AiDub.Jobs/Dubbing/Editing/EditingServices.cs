using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Dubbing.Editing;

/// <summary>What edits finished dubs.</summary>
internal static class EditingServices
{
    /// <summary>Adds what edits the segments of finished dubs and renders them again.</summary>
    public static IServiceCollection AddEditing(this IServiceCollection services)
    {
        services.AddSingleton<DubEditing>();
        services.AddSingleton<DubRendering>();
        return services;
    }
}
