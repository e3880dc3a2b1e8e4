using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace AiDub.Api.Http;

/// <summary>
/// Takes from the proxies of <see cref="ApiOptions.TrustedProxies"/> who asks, and whether by https; what anybody else says of it is not
/// believed.
/// </summary>
/// <remarks>
/// Not by which name or below which path: most proxies pass on what a caller wrote there, and <see cref="ApiOptions.PublicBaseUrl"/>
/// tells it.
/// </remarks>
internal static class TrustedProxies
{
    /// <summary>Reads an address such as <c>10.0.0.7</c>, or a network such as <c>10.0.0.0/8</c>; null: it is neither.</summary>
    public static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8) : null;
    }

    /// <summary>Adds what is believed of whom.</summary>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ApiOptions>>((headers, api) =>
        {
            // No networks would be all networks.
            if (api.Value.TrustedProxies.Length == 0)
                return;
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As far as the chain of proxies is known.
            headers.ForwardLimit = null;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var proxy in api.Value.TrustedProxies)
                headers.KnownIPNetworks.Add(Parse(proxy)!.Value);
        });
        return services;
    }

    /// <summary>Puts it before everything that looks at the caller or at the address; without proxies nothing is changed.</summary>
    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.TrustedProxies.Length > 0)
            app.UseForwardedHeaders();
        return app;
    }
}
