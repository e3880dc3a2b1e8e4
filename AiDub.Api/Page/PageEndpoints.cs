using AiDub.Jobs.Settings;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

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
    /// Serves the page at <c>/</c> and its files below <c>/page</c>, to anyone: what they ask of the API is judged there. They are sent
    /// compressed to who takes that, which no answer of the API is: those hold what a request sent beside what is secret.
    /// </summary>
    public static WebApplication UsePage(this WebApplication app)
    {
        var policy = app.Services.GetRequiredService<ContentPolicy>();
        var files = app.Environment.WebRootFileProvider;
        var gzip = CompressedFiles.Gzip(files);
        // No other request need look for a file.
        app.UseWhen(http => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method), page =>
        {
            page.UseDefaultFiles(new DefaultFilesOptions { DefaultFileNames = ["index.html"] });
            Serve(page, PageEncoding.Brotli, CompressedFiles.Brotli(files, gzip));
            Serve(page, PageEncoding.Gzip, gzip);
            page.UseStaticFiles(Options(files, null));
        });
        return app;

        // What an encoding does not make smaller is sent as it is.
        void Serve(IApplicationBuilder page, string encoding, IFileProvider smaller) => page.UseWhen(
            http => PageEncoding.Of(http.Request) == encoding, branch => branch.UseStaticFiles(Options(smaller, encoding)));

        StaticFileOptions Options(IFileProvider from, string? encoding) => new()
        {
            FileProvider = from,
            OnPrepareResponseAsync = async file =>
            {
                var headers = file.Context.Response.Headers;
                headers.CacheControl = "no-cache";
                headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
                // A part or a version that there is not (416, 412) is refused in JSON, which is not compressed.
                if (encoding is not null && file.Context.Response.StatusCode < StatusCodes.Status400BadRequest)
                    headers.ContentEncoding = encoding;
                if (!file.File.Name.EndsWith(".html", StringComparison.Ordinal))
                    return;
                headers.ContentSecurityPolicy = await policy.OfAsync(file.Context.Request, file.Context.RequestAborted);
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
            },
        };
    }
}
