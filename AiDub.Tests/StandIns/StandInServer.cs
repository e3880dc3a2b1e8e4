using System.Collections.Concurrent;
using System.Net;
using AiDub.Tests.Jobs.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.StandIns;

/// <summary>What a stand-in does instead of answering.</summary>
internal enum Fault
{
    None,
    TooManyRequests,
    OutOfQuota,
    ServerError,
    Hang,
    CutBody,
    Malformed,
    Hollow,
    WrongCount,
    Unauthorized,
    BadRequest,
}

/// <summary>A request that a stand-in was sent.</summary>
internal sealed record Asked(string Path, string Key, byte[] Body, long At)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>
/// A loopback server that speaks the vendors' protocols, backed by the engines of this machine: PocketSphinx, Apertium, eSpeak NG.
/// It takes one key, and fails on demand.
/// </summary>
internal sealed class StandInServer : IAsyncDisposable
{
    public const string Key = "sk-canary-4711-do-not-print";

    private readonly WebApplication _app;
    private readonly EngineHost _engines = new();
    private readonly StandInProtocols _protocols;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = [];
    private readonly CancellationTokenSource _stopping = new();

    private StandInServer(WebApplication app) => (_app, _protocols) = (app, new StandInProtocols(_engines));

    /// <summary>The voices that were made of recordings: their names by id.</summary>
    public ConcurrentDictionary<string, string> Clones => _protocols.Clones;

    public int Port { get; private set; }

    public string Root => $"http://127.0.0.1:{Port}";

    /// <summary>All requests but those for <c>/v1/models</c>, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>The value of <c>Retry-After</c> with <see cref="Fault.TooManyRequests"/>.</summary>
    public string RetryAfter { get; set; } = "1";

    /// <summary>Whether transcriptions hold a language.</summary>
    public bool TellsLanguage { get; set; } = true;

    public static async Task<StandInServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new StandInServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Makes the next requests for paths that end so fail, one fault each; <see cref="Fault.None"/> lets one through.</summary>
    public void Fail(string path, params Fault[] faults)
    {
        var queue = _faults.GetOrAdd(path, _ => []);
        foreach (var fault in faults)
            queue.Enqueue(fault);
    }

    /// <summary>Forgets faults and requests.</summary>
    public void Reset()
    {
        _faults.Clear();
        Requests.Clear();
        (RetryAfter, TellsLanguage) = ("1", true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _engines.Dispose();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var path = context.Request.Path.Value!;
        var headers = context.Request.Headers;
        var asked = new Asked(
            path,
            headers["xi-api-key"].FirstOrDefault() ?? headers.Authorization.ToString().Replace("Bearer ", ""),
            body.ToArray(),
            TimeProvider.System.GetTimestamp());
        if (!path.EndsWith("/models", StringComparison.Ordinal))
            Requests.Enqueue(asked);
        var fault = _faults.Where(f => path.EndsWith(f.Key, StringComparison.Ordinal))
            .Select(f => f.Value.TryDequeue(out var next) ? next : Fault.None).FirstOrDefault(f => f != Fault.None);
        switch (fault)
        {
            case Fault.TooManyRequests:
                context.Response.Headers.RetryAfter = RetryAfter;
                await RefuseAsync(context, 429, "slow down");
                break;
            case Fault.OutOfQuota:
                await RefuseAsync(context, 429, "insufficient_quota");
                break;
            case Fault.ServerError:
                await RefuseAsync(context, 500, "out of memory");
                break;
            case Fault.Unauthorized:
                await RefuseAsync(context, 401, $"Incorrect API key provided: {asked.Key}");
                break;
            case Fault.BadRequest:
                await RefuseAsync(context, 400, $"bad request with key {asked.Key}");
                break;
            case Fault.Hang:
                using (var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted))
                    await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case Fault.CutBody:
                context.Response.ContentLength = 100_000;
                await context.Response.WriteAsync("{\"text\": \"half of");
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case Fault.Malformed:
                await context.Response.WriteAsync("{\"choices\": [{\"mess");
                break;
            case Fault.Hollow:
                await context.Response.WriteAsync("{\"choices\": []}");
                break;
            default:
                await _protocols.AnswerAsync(context, asked, this, fault == Fault.WrongCount);
                break;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = "Because";
        return context.Response.WriteAsJsonAsync(new { error = new { message } });
    }
}
