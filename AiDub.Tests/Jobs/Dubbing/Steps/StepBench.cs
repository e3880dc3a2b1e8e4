using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Media;
using AiDub.Tests.Jobs.Storage;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>One attempt at a dub over objects in memory, for steps that a test runs by themselves.</summary>
internal sealed class StepBench : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("aidub-step-").FullName;

    /// <param name="order">What was asked for; null: the sample.</param>
    public StepBench(DubOrder? order = null)
    {
        var claimed = DubProgress.Accept(order ?? Samples.Order(), DateTimeOffset.UnixEpoch) with { Attempt = 1 };
        Artifacts = new DubArtifacts(Objects, _scratch, claimed.Steps, claimed);
        Context = new DubContext(claimed, Artifacts, _scratch, new DubMeter(TimeProvider.System));
    }

    public InMemoryObjectStore Objects { get; } = new();

    public DubArtifacts Artifacts { get; }

    public DubContext Context { get; }

    public DubOrder Order => Context.Order;

    /// <summary>The codes of what the step warned of, in order.</summary>
    public IEnumerable<string> Warned => Context.Warnings.Select(warning => warning.Code.Value);

    /// <summary>The address of an upload.</summary>
    public static async Task<string> AddressAsync(string key) =>
        (await new InMemoryObjectStore().AddressAsync(key, new Uri("http://127.0.0.1"), default)).AbsoluteUri;

    /// <summary>Stores what a user uploaded.</summary>
    public async Task UploadAsync(string key, byte[] bytes)
    {
        var path = Artifacts.NewFile(".upload");
        await File.WriteAllBytesAsync(path, bytes);
        await Objects.PutAsync(key, path, "application/octet-stream", default);
    }

    /// <summary>Stores sound as the source, and the source as what it was found to be.</summary>
    public async Task<SourceMedia> PutSourceAsync(WavFile sound)
    {
        var path = Artifacts.NewFile(".wav");
        await sound.WriteAsync(path, default);
        await Artifacts.PutAsync(ObjectKeys.Source(Order.SourceId), path, "audio/wav", default);
        var audio = new AudioStream(0, "pcm_s16le", 1);
        var media = new SourceMedia { Container = Container.M4a, DurationSeconds = sound.Seconds, Audio = audio, AudioTracks = [audio] };
        await PutAsync(ObjectKeys.Media(Order.SourceId), media);
        return media;
    }

    /// <summary>Stores what a step before made.</summary>
    public Task PutAsync<T>(string name, T value) => Artifacts.WriteAsync(name, value, default);

    /// <summary>What the step made.</summary>
    public Task<T> ReadAsync<T>(string name)
        where T : class => Artifacts.ReadAsync<T>(name, default);

    public Task RunAsync(IDubStep step)
    {
        Context.BeginStep(new NoProgress());
        return step.RunAsync(Context, default);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
