using AiDub.Api.Http;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Page;

/// <summary>What the page may load: its own files, and media from where the object store's addresses lead.</summary>
internal sealed class ContentPolicy(IObjectStore objects, PublicUrl address, IOptions<PageOptions> options)
{
    private const string AnyKey = "results/0/policy";

    /// <summary>The value of <c>Content-Security-Policy</c> for a page that <paramref name="request"/> asks for.</summary>
    public async Task<string> OfAsync(HttpRequest request, CancellationToken ct)
    {
        var results = Origin(await objects.AddressAsync(AnyKey, address.Of(request), ct));
        // 'self' says it already; what a client sent as Host does not get into the header.
        var store = results.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) ? "" : " " + results;
        var sources = string.Concat(options.Value.MediaOrigins.Select(origin => " " + origin));
        return $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:{store}{sources}; "
            + $"connect-src 'self'{store}{sources}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
