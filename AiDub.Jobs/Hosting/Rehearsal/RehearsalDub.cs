using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Telemetry;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiDub.Jobs.Hosting.Rehearsal;

/// <summary>
/// A dub of a clip that the program carries, by the tools that the script installs, in a folder of its own: nothing of it is recorded,
/// counted, sent anywhere or paid for.
/// </summary>
/// <param name="configuration">Where the limits of tools come from, and where engines are.</param>
/// <param name="folder">The folder: the records, the objects and the scratch files of the dub.</param>
internal sealed class RehearsalDub(IConfiguration configuration, string folder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private const string Clip = "AiDub.Jobs.Hosting.Rehearsal.clip.mp4";

    // Settings of the service that hold for it too.
    private static readonly string[] Taken = [ToolOptions.Section, "Engines:Apertium", "Engines:PocketSphinx", "Engines:Espeak"];

    /// <summary>Makes it.</summary>
    /// <exception cref="DubException">It cannot be made here: a tool is not installed.</exception>
    public async Task MakeAsync(CancellationToken ct)
    {
        using var quiet = DubTelemetry.Silence();
        await using var source = new ClipListener(await ClipAsync(ct));
        await using var services = Services(source.HostAndPort);
        await PrepareAsync(services.GetRequiredService<LanguageSupport>(), ct);
        var order = new DubOrder
        {
            RequestId = Guid.NewGuid(),
            UserId = 0,
            ProjectId = "",
            SourceVideoUrl = $"http://{source.HostAndPort}/clip.mp4",
            FromLang = "en",
            ToLang = "es",
        };
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await services.GetRequiredService<IProgressStore>().AddAsync(DubProgress.Accept(order, now), ct);
        await services.GetRequiredService<DubbingJob>().RunAsync(order.RequestId, ct);
    }

    // On a busy machine engines take a while to say what they can do.
    private static async Task PrepareAsync(LanguageSupport languages, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await languages.TargetsAsync("en", ct);
                await languages.SpokenAsync(ct);
                return;
            }
            catch (TransientDubException)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    private static async Task<byte[]> ClipAsync(CancellationToken ct)
    {
        await using var clip = typeof(RehearsalDub).Assembly.GetManifestResourceStream(Clip)!;
        var content = new byte[clip.Length];
        await clip.ReadExactlyAsync(content, ct);
        return content;
    }

    // The rooms as the service has them; what differs is where the data lies and which engines work, so that no model is loaded for it.
    private ServiceProvider Services(string source)
    {
        var taken = Taken.SelectMany(section => configuration.GetSection(section).AsEnumerable()).Where(s => s.Value is not null);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(taken)
            .AddInMemoryCollection(
            [
                new("Data:Directory", folder), new("Source:AllowedPrivateHosts:0", source), new("Engines:Recognizer", "PocketSphinx"),
                new("Engines:Translator", "Apertium"), new("Engines:Synthesizer", "Espeak"),
            ])
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton(TimeProvider.System)
            .AddRooms(settings)
            .AddQueueing()
            .AddSingleton<IDubQueue, NoQueue>();
        services.Replace(ServiceDescriptor.Singleton(new ModelFolder(null, ModelCatalogue.Carried)));
        return services.BuildServiceProvider();
    }

    /// <summary>The queue of the one dub, which is made at once.</summary>
    private sealed class NoQueue : IDubQueue
    {
        public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct) =>
            Task.FromResult(new QueuedJob("", ""));

        public Task DropAsync(string jobId, CancellationToken ct) => Task.CompletedTask;
    }
}
