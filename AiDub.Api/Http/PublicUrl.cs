using Microsoft.Extensions.Options;

namespace AiDub.Api.Http;

/// <summary>Where the service is reached by whoever reads an answer.</summary>
internal sealed class PublicUrl(IOptions<ApiOptions> options)
{
    /// <summary><c>Api:PublicBaseUrl</c>, or else the scheme, host and path base that <paramref name="request"/> came to.</summary>
    public Uri Of(HttpRequest request)
    {
        if (!string.IsNullOrEmpty(options.Value.PublicBaseUrl))
            return new Uri(options.Value.PublicBaseUrl);
        if (request.Host.HasValue && Uri.TryCreate($"{request.Scheme}://{request.Host}{request.PathBase}", UriKind.Absolute, out var sent))
            return sent;
        // HTTP/1.0 has no Host header: the address that the connection came to is the only one known.
        var connection = request.HttpContext.Connection;
        return new UriBuilder(request.Scheme, $"{connection.LocalIpAddress}", connection.LocalPort, request.PathBase).Uri;
    }
}
