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
    /// Whether the service goes through what the first requests need before it is ready, so that they are answered as fast as those after
    /// them. Default true; without it, it is ready about half a second earlier.
    /// </summary>
    public bool WarmUp { get; set; } = true;
}

/// <summary>Stops the start when <see cref="ApiOptions"/> cannot work.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        string.IsNullOrEmpty(options.PublicBaseUrl) ||
        (Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Query == ""
            && uri.Fragment == "")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Api:PublicBaseUrl is not an http or https address without query, such as https://dub.example.com.");
}
