using AiDub.Jobs.Settings;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Page;

/// <summary>The page for trying dubs by hand: files of <c>wwwroot</c>, as they lie there.</summary>
internal static class PageEndpoints
{
    /// <summary>Adds what the page needs.</summary>
    public static IServiceCollection AddPage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<PageOptions>(configuration.GetSection(PageOptions.Section));
        services.AddSingleton<IValidateOptions<PageOptions>, PageOptionsValidator>();
        services.AddSingleton<ContentPolicy>();
        return services;
    }

    /// <summary>
    /// Serves the page at <c>/</c> and its files below <c>/page</c>, to anyone: what they ask of the API is judged there.
    /// </summary>
    public static WebApplication UsePage(this WebApplication app)
    {
        var policy = app.Services.GetRequiredService<ContentPolicy>();
        app.UseDefaultFiles(new DefaultFilesOptions { DefaultFileNames = ["index.html"] });
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponseAsync = async file =>
            {
                var headers = file.Context.Response.Headers;
                headers.CacheControl = "no-cache";
                if (!file.File.Name.EndsWith(".html", StringComparison.Ordinal))
                    return;
                headers.ContentSecurityPolicy = await policy.OfAsync(file.Context.Request, file.Context.RequestAborted);
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
            },
        });
        return app;
    }
}
