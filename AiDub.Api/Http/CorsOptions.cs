using AiDub.Api.Wire;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Policies = Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions;

namespace AiDub.Api.Http;

/// <summary>Which other sites' pages may call the service: configuration section <c>Cors</c>.</summary>
internal sealed class CorsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cors";

    /// <summary>The sites, such as <c>https://app.example.com</c>. Default none.</summary>
    public string[] Origins { get; set; } = [];
}

/// <summary>Stops the start when <see cref="CorsOptions"/> cannot work.</summary>
internal sealed class CorsOptionsValidator : IValidateOptions<CorsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CorsOptions options) =>
        options.Origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong
            ? ValidateOptionsResult.Fail($"Cors:Origins holds '{wrong}', which is not a scheme and host such as https://app.example.com.")
            : ValidateOptionsResult.Success;

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Lets the pages of other sites in.</summary>
internal static class CorsServices
{
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Adds the sites of <see cref="CorsOptions"/>.</summary>
    public static IServiceCollection AddSites(this IServiceCollection services)
    {
        services.AddSettings<CorsOptions>(CorsOptions.Section);
        services.AddSingleton<IValidateOptions<CorsOptions>, CorsOptionsValidator>();
        services.AddCors();
        services.AddOptions<Policies>().Configure<IOptions<CorsOptions>>((policies, sites) => policies.AddDefaultPolicy(policy => policy
            .WithOrigins(sites.Value.Origins)
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders(
                HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.CacheControl, HeaderNames.Range, HeaderNames.IfNoneMatch,
                WireHeaders.LastEventId, WireHeaders.IdempotencyKey, RequestIds.Header)
            .WithExposedHeaders(
                HeaderNames.RetryAfter, HeaderNames.Location, HeaderNames.ContentDisposition, HeaderNames.ContentRange,
                HeaderNames.AcceptRanges, HeaderNames.ETag, HeaderNames.WWWAuthenticate, RequestIds.Header,
                "RateLimit", "RateLimit-Policy")
            .SetPreflightMaxAge(PreflightLifetime)));
        return services;
    }

    /// <summary>
    /// Answers them. What a page only shows is asked for without its site, and answered without leave to read it: unless that is said, a
    /// browser that has kept such an answer gives it to the page that then reads the same address, and refuses it.
    /// </summary>
    public static WebApplication UseSites(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CorsOptions>>().Value.Origins.Length > 0)
        {
            app.Use((http, next) =>
            {
                http.Response.OnStarting(
                    static response =>
                    {
                        var headers = ((HttpResponse)response).Headers;
                        // Of several sites the framework says it itself.
                        if (!headers.Vary.Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
                            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
                        return Task.CompletedTask;
                    },
                    http.Response);
                return next(http);
            });
        }
        app.UseCors();
        return app;
    }
}
