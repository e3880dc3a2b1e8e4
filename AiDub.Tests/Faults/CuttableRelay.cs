using System.Net;
using System.Net.Sockets;

namespace AiDub.Tests.Faults;

/// <summary>A way to a server on loopback that can be cut: connections break, and new ones are refused until it is mended.</summary>
internal sealed class CuttableRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly int _port;
    private CancellationTokenSource _open = new();
    private Task _accepting;

    public CuttableRelay(int target)
    {
        _target = target;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(listener, _open.Token);
    }

    public int Port => _port;

    public async Task CutAsync()
    {
        await _open.CancelAsync();
        await _accepting;
    }

    public void Mend()
    {
        _open.Dispose();
        _open = new CancellationTokenSource();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _accepting = AcceptAsync(listener, _open.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _open.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken open)
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await listener.AcceptTcpClientAsync(open), open));
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client, CancellationToken open)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, open);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, open), far.CopyToAsync(near, open));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Cut, or one side has gone.
            }
        }
    }
}
