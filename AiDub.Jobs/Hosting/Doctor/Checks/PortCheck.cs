using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the API can listen where it is to, or does already.</summary>
internal sealed class PortCheck(IConfiguration configuration) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string What => "port";

    public string Advice => "correct Urls, ASPNETCORE_URLS or --urls: http://127.0.0.1:5080";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var found = new List<Finding>();
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            found.Add(await LookAsync(url.Trim(), ct));
        return found;
    }

    private async Task<Finding> LookAsync(string url, CancellationToken ct)
    {
        // Hosts such as * and + are Kestrel's, and no address.
        var uri = new Uri(
            url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal));
        var address = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed : IPAddress.Loopback;
        try
        {
            using var listener = new TcpListener(address, uri.Port);
            listener.Start();
            return Finding.Ok(What, $"{url} is free");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await IsOursAsync(uri, address, ct)
                ? Finding.Ok(What, $"{url} is served by AiDub")
                : Finding.Fail(What, $"{url} is taken by another program", "stop that program, or choose another port by --urls");
        }
        catch (SocketException e)
        {
            return Finding.Fail(What, $"{url} cannot be listened on ({e.SocketErrorCode})", Advice);
        }
    }

    private static async Task<bool> IsOursAsync(Uri uri, IPAddress address, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = Patience };
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address;
        try
        {
            var live = new UriBuilder(uri.Scheme, host.ToString(), uri.Port, "/health/live").Uri;
            using var said = JsonDocument.Parse(await http.GetStringAsync(live, ct));
            return said.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("status", out var status)
                && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code) && code == 200;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
