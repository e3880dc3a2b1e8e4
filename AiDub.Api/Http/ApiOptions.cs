using Microsoft.Extensions.Options;

namespace AiDub.Api.Http;

/// <summary>How the service is reached: configuration section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Api";

    /// <summary>
    /// Where browsers reach the service, such as <c>https://dub.example.com</c>; the addresses of results that it serves itself begin with
    /// it. Default none: the scheme and host of the request that asks. Set it behind a reverse proxy.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>
    /// The reverse proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, as addresses or networks such as
    /// <c>10.0.0.0/8</c>. Without it a proxy is the caller of all that it passes on: limits by address hold for all of them together, and
    /// its http is not taken for https. <c>PublicBaseUrl</c> says by which name and path the service is reached. Default none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// Whether the service goes through what the first requests need before it is ready, so that they are answered as fast as those after
    /// them. Default true; without it, it is ready about half a second earlier.
    /// </summary>
    public bool WarmUp { get; set; } = true;
}

/// <summary>Stops the start when <see cref="ApiOptions"/> cannot work.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        if (!(string.IsNullOrEmpty(options.PublicBaseUrl) || IsPublic(options.PublicBaseUrl)))
            return ValidateOptionsResult.Fail(
                "Api:PublicBaseUrl is not an http or https address without query, such as https://dub.example.com.");
        return options.TrustedProxies.FirstOrDefault(proxy => TrustedProxies.Parse(proxy) is null) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Api:TrustedProxies holds '{wrong}', which is no IP address such as 10.0.0.7 and no network such as 10.0.0.0/8.")
            : ValidateOptionsResult.Success;
    }

    private static bool IsPublic(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query == "" && uri.Fragment == "";
}
