namespace AiDub.Api.Views;

/// <summary>What a user sees of a dub.</summary>
internal static class ViewServices
{
    /// <summary>Adds what reads dubs, and makes the answers that several capabilities give.</summary>
    public static IServiceCollection AddViews(this IServiceCollection services)
    {
        services.AddSingleton<DubViews>();
        services.AddSingleton<OwnedDubs>();
        services.AddSingleton<FinalAnswers>();
        services.AddSingleton<ResultUrls>();
        return services;
    }
}
