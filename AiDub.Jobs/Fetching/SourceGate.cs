using System.Net;
using System.Net.Sockets;
using AiDub.Domain.Errors;
using AiDub.Domain.Sources;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Fetching;

/// <summary>Decides whether an address may be fetched from, and to which network addresses a connection may be made for it.</summary>
public sealed class SourceGate(ISourceNetwork network, IOptions<SourceOptions> options)
{
    private static readonly int[] UsualPorts = [80, 443];

    /// <summary>The network addresses to connect to: all that the host has, each of them checked.</summary>
    /// <exception cref="PermanentDubException">
    /// One of the host's addresses is not public (<c>source_forbidden</c>), the port is not allowed (<c>source_port_forbidden</c>), or
    /// there is no such host (<c>source_unreachable</c>).
    /// </exception>
    /// <exception cref="TransientDubException">The host could not be looked up.</exception>
    public async Task<IReadOnlyList<IPEndPoint>> AdmitAsync(SourceUrl address, CancellationToken ct)
    {
        var isListed = options.Value.AllowedPrivateHosts.Contains(address.HostAndPort, StringComparer.OrdinalIgnoreCase);
        var port = address.Uri.Port;
        var addresses = await ResolveAsync(address.Uri, ct);
        if (!isListed && !addresses.All(AddressPolicy.IsPublic))
            throw new PermanentDubException(FailureCode.SourceForbidden);
        if (!isListed && !UsualPorts.Contains(port) && !options.Value.AllowedPorts.Contains(port))
            throw new PermanentDubException(FailureCode.SourcePortForbidden);
        return [.. addresses.Select(a => new IPEndPoint(a, port))];
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(Uri uri, CancellationToken ct)
    {
        if (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 && IPAddress.TryParse(uri.Host, out var literal))
            return [literal];
        try
        {
            var found = await network.ResolveAsync(uri.IdnHost, ct);
            return found.Count > 0 ? found : throw Unknown(null);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            throw Unknown(e);
        }
        catch (ArgumentException e)
        {
            throw Unknown(e);
        }
        catch (SocketException e)
        {
            throw new TransientDubException("The source's server could not be looked up.", e);
        }
    }

    private static PermanentDubException Unknown(Exception? cause) => new(FailureCode.SourceUnreachable, inner: cause);
}
