using System.Collections.Concurrent;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>Speaks Spanish as a tone, by a man's voice and a woman's.</summary>
internal sealed class FakeSynthesizer(string name = "Fake") : ISynthesizer
{
    private const int Rate = 16000;

    public string Name => name;

    public bool SpeaksAtRate { get; init; }

    bool ISynthesizer.SpeaksAtRate(string language) => SpeaksAtRate;

    /// <summary>How long it takes to say a text; less than 0 for an engine that writes no sound at all.</summary>
    public Func<string, double> Seconds { get; init; } = _ => 1;

    /// <summary>What it waits for before it speaks; null: nothing.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public bool ClonesVoices { get; init; }

    /// <summary>What it made voices of, and how long the last recording was, in seconds.</summary>
    public ConcurrentQueue<VoiceSample> Samples { get; } = [];

    public double SampleSeconds { get; private set; }

    /// <summary>What keeps it from removing voices; null: nothing.</summary>
    public Exception? RefusesRemoval { get; set; }

    /// <summary>The dubs whose voices were removed.</summary>
    public ConcurrentQueue<Guid> Removed { get; } = [];

    public ConcurrentQueue<SpeechRequest> Asked { get; } = [];

    /// <summary>The texts that it was asked to speak.</summary>
    public IEnumerable<string> Spoken => Asked.Select(request => request.Text);

    /// <summary>Synthesisers as steps ask for them, in this order.</summary>
    public static Synthesizers InOrder(params FakeSynthesizer[] synthesizers) =>
        new(synthesizers, Options.Create(new EnginesOptions { Synthesizer = [.. synthesizers.Select(s => s.Name)] }));

    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { "es" });

    public Task<IReadOnlyList<OfferedVoice>> VoicesAsync(string language, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<OfferedVoice>>([new("Juan", 110, Gender.Male), new("Ana", 210, Gender.Female)]);

    public Task<string> CloneAsync(VoiceSample sample, IEngineLedger ledger, CancellationToken ct)
    {
        Samples.Enqueue(sample);
        SampleSeconds = WavFile.Read(sample.WavPath).Seconds;
        return Task.FromResult($"clone:{sample.Speaker}");
    }

    public Task RemoveClonesAsync(Guid requestId, CancellationToken ct)
    {
        if (RefusesRemoval is { } refusal)
            throw refusal;
        Removed.Enqueue(requestId);
        return Task.CompletedTask;
    }

    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        Asked.Enqueue(request);
        if (Gate is { } gate)
            await gate.Task.WaitAsync(ct);
        if (Seconds(request.Text) is var seconds && seconds < 0)
            await File.WriteAllTextAsync(wavPath, "{\"error\":\"none\"}", ct);
        else
            await Tone(seconds / (SpeaksAtRate ? request.Rate : 1)).WriteAsync(wavPath, ct);
        return request.Voice ?? "Juan";
    }

    /// <summary>A tone, such as it speaks.</summary>
    public static WavFile Tone(double seconds) =>
        new(Rate, [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (short)(9000 * Math.Cos(i * 0.1)))]);
}
