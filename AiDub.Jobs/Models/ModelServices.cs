using AiDub.Jobs.Models.Bringing;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Models;

/// <summary>Adds the room of models.</summary>
public static class ModelServices
{
    /// <summary>Adds the folder of models, and what brings models into it when it is told to.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSettings<ModelsOptions>(ModelsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => ModelFolder.FromEnvironment());
        services.TryAddSingleton(new DiskRoom(DiskSpace.FreeOf));
        services.AddHttpClient(ModelHub.Client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            // A redirect says what the file is, and is not to carry the token.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectTimeout = TimeSpan.FromSeconds(15),
            })
            .RemoveAllLoggers();
        services.AddTransient(provider => ActivatorUtilities.CreateInstance<ModelHub>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(ModelHub.Client)));
        return services.AddTransient<FileBringer>().AddTransient<ModelBringer>();
    }
}
