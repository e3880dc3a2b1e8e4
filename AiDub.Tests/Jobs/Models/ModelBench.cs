using AiDub.Jobs.Models;
using AiDub.Jobs.Models.Bringing;

namespace AiDub.Tests.Jobs.Models;

/// <summary>Brings one model of a catalogue of its own from a hub that stands in.</summary>
public abstract class ModelBench
{
    private protected const string Name = "model.bin";
    private string _folder = null!;
    private HttpClient _http = null!;

    private protected HubStandIn Hub { get; private set; } = null!;

    private protected ModelsOptions Options { get; private set; } = null!;

    private protected TellTale Progress { get; private set; } = null!;

    private protected CatalogueModel Model { get; set; } = null!;

    private protected long? Free { get; set; }

    private protected ModelFolder Folder => new(_folder, new ModelCatalogue([], [Model]));

    private protected string Place => Path.Combine(_folder, Name);

    private protected byte[] Brought => File.ReadAllBytes(Place);

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-models-").FullName;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        (Hub, Progress, Free) = (new HubStandIn(), new TellTale(), long.MaxValue);
        Options = new ModelsOptions { Hub = Hub.Address };
        Model = new CatalogueModel(
            "model", "recognition", "Whisper", "owner/name", "main", "MIT", ["*"], 1, 1, "something", [new CatalogueFile("sub/" + Name)]);
    }

    [TearDown]
    public async Task Close()
    {
        await Hub.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private protected string PathOf(string name) => Path.Combine(_folder, name);

    private protected Task GetAsync(BringWish? wish = null, TimeProvider? clock = null, CancellationToken ct = default)
    {
        var (options, room) = (Microsoft.Extensions.Options.Options.Create(Options), new DiskRoom(_ => Free));
        var hub = new ModelHub(_http, options, TimeProvider.System);
        var bringer = new ModelBringer(Folder, new FileBringer(hub, room, options, clock ?? new NoPauses()), room, options);
        return bringer.BringAsync([Model], wish ?? new BringWish(), Progress, ct);
    }

    /// <summary>What was told.</summary>
    private protected sealed class TellTale : IBringProgress
    {
        public List<string> Lines { get; } = [];

        public List<long> Told { get; } = [];

        public Action<long> OnTold { get; set; } = _ => { };

        public void Say(string line) => Lines.Add(line);

        public void Tell(string name, long have, long total)
        {
            Told.Add(have);
            OnTold(have);
        }
    }

    // Pauses between tries are over at once; the patience with a silent server is not.
    private sealed class NoPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(60) ? TimeSpan.Zero : dueTime, period);
    }
}
