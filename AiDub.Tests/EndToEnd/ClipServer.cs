using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.EndToEnd;

/// <summary>A web server on loopback that serves a test's clips and counts what was asked for.</summary>
internal sealed class ClipServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, Func<HttpContext, Task>> _routes = [];

    private ClipServer(WebApplication app) => _app = app;

    public int Port { get; private set; }

    /// <summary>The raw targets of the requests so far, as they came over the wire.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<ClipServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ClipServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Serves a file and returns its address.</summary>
    public Uri Serve(string path, string? name = null) =>
        On(name ?? Path.GetFileName(path), context => context.Response.SendFileAsync(path));

    /// <summary>Answers a path in a way of the test's own.</summary>
    public Uri On(string name, Func<HttpContext, Task> answer)
    {
        _routes["/" + name] = answer;
        return new Uri($"http://127.0.0.1:{Port}/{name}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        lock (Requests)
            Requests.Add(target);
        if (_routes.TryGetValue(target.Split('?')[0], out var answer))
            return answer(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
