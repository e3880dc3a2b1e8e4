using System.Net.Http.Headers;
using System.Text;
using AiDub.Api.Http;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Outages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Fakes;

/// <summary>The whole service on a real loopback port, with fakes at the ports.</summary>
public sealed class ApiHost : WebApplicationFactory<ApiOptions>
{
    private readonly Action<IWebHostBuilder> _configure;

    public ApiHost(Action<IWebHostBuilder>? configure = null)
    {
        _configure = configure ?? (_ => { });
        UseKestrel();
        StartServer();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };
    }

    public InMemoryProgressStore Progress { get; } = new();

    public InMemoryDubStore Dubs { get; } = new();

    public InMemorySubmissionClaims Claims { get; } = new();

    public InMemoryOutbox Outbox { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public AddressingObjectStore Objects { get; } = new();

    public FixedEngines Engines { get; } = new();

    /// <summary>What writing to the disk fails with; null: there is room.</summary>
    public Exception? RoomFault { get; set; }

    public CapturedLog Log { get; } = new();

    public HttpClient Client { get; }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => Client.PostAsync(path, Json(json));

    public static ByteArrayContent Json(string json) => Json(Encoding.UTF8.GetBytes(json));

    public static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>Forgets every dub and every fault.</summary>
    public void Reset()
    {
        Progress.Clear();
        Progress.Fault = null;
        Progress.WriteFault = null;
        Progress.LostAnswer = null;
        Dubs.Records.Clear();
        Claims.Claims.Clear();
        Queue.Queued.Clear();
        Objects.Fault = null;
        Objects.Texts.Clear();
        Engines.Fault = null;
        RoomFault = null;
        Log.Entries.Clear();
    }

    public override async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await base.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Not by UseKestrel(0): that sets the port once the host is built, and on a busy machine the program has begun to start it by then.
        builder.UseUrls("http://127.0.0.1:0");
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();
            services.RemoveAll<EnginePreparation>();
            services.RemoveAll<IReachProbe>();
            services.AddSingleton<IReachProbe>(new FakeProbe(Dependency.Records, ct => Progress.FindAsync(Guid.Empty, ct)));
            services.AddSingleton<IReachProbe>(new FakeProbe(Dependency.Objects, ct => Objects.SizeAsync("health", ct)));
            services.AddSingleton<IReachProbe>(
                new FakeProbe(Dependency.Storage, _ => RoomFault is { } fault ? Task.FromException(fault) : Task.CompletedTask));
            services.Replace(ServiceDescriptor.Singleton<IProgressStore>(Progress));
            services.Replace(ServiceDescriptor.Singleton<IDubTurns>(Progress));
            services.Replace(ServiceDescriptor.Singleton<IDubStore>(Dubs));
            services.Replace(ServiceDescriptor.Singleton<ISubmissionClaims>(Claims));
            services.Replace(ServiceDescriptor.Singleton<ICallbackOutbox>(Outbox));
            services.Replace(ServiceDescriptor.Singleton<IObjectStore>(Objects));
            services.Replace(ServiceDescriptor.Singleton<IDubQueue>(Queue));
            var names = Options.Create(new EnginesOptions { Recognizer = ["fixed"], Translator = ["fixed"], Synthesizer = ["fixed"] });
            services.Replace(ServiceDescriptor.Singleton(
                new LanguageSupport(
                    new Recognizers([Engines], names), new Translators([Engines], names), new Synthesizers([Engines], names))));
        });
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        _configure(builder);
    }
}
