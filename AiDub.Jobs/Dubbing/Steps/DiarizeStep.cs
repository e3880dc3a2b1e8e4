using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Recognition;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Finds out who speaks which segment.</summary>
public sealed class DiarizeStep(SpeechAudio speech) : IDubStep
{
    // A voice is known after this much of it; longer segments are measured in their middle.
    private const double EnoughSeconds = 20;

    /// <inheritdoc />
    public string Name => "speakers";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var transcript = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(context.SourceId), ct);
        var given = await context.Artifacts.TryReadAsync<GivenTexts>(ObjectKeys.GivenTexts(context.SourceId), ct);
        // Voices are cast for what will be spoken: a translation that was given need not have the transcript's segments.
        var segments = given?.For(media).Translation is { } texts
            ? GivenTexts.Within(texts, media.DurationSeconds)
            : transcript.Segments;
        var map = new SpeakerMap([], []);
        if (segments.Count > 0)
        {
            var audio = await speech.OpenAsync(context, media, context.Progress.Part(0, 0.2), ct);
            map = SpeakerMap.Of(
                Measure(audio, segments, context.Progress.Part(0.2, 1), ct),
                [.. segments.Select(s => s.Speaker)],
                [.. segments.Select(s => s.IsOtherSpeaker)]);
        }
        await context.Artifacts.WriteAsync(ObjectKeys.Speakers(context.SourceId), map, ct);
        SpeechAudio.Remove(context, media);
    }

    /// <summary>The voice of every segment; one segment's sound is in memory at a time.</summary>
    /// <param name="audio">16 kHz mono 16-bit WAV.</param>
    /// <param name="segments">In order of start.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work.</param>
    internal static IReadOnlyList<VoicePrint?> Measure(
        string audio, IReadOnlyList<Segment> segments, IProgress<double> progress, CancellationToken ct)
    {
        using var wav = WavReader.Open(audio);
        if (wav.SampleRate != SegmentVoice.SampleRate)
            throw new InvalidDataException($"Speech of {wav.SampleRate} Hz cannot be measured.");
        var voice = new SegmentVoice();
        var samples = new short[(int)(EnoughSeconds * SegmentVoice.SampleRate)];
        var prints = new VoicePrint?[segments.Count];
        for (var i = 0; i < prints.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (segments[i].IsOnlySound)
                continue;
            var middle = (segments[i].Start + segments[i].End) / 2;
            var length = Math.Min(segments[i].Length, EnoughSeconds);
            wav.Seek((long)((middle - (length / 2)) * SegmentVoice.SampleRate));
            var count = wav.Read(samples.AsSpan(0, (int)(length * SegmentVoice.SampleRate)));
            prints[i] = voice.Measure(samples.AsSpan(0, count));
            progress.Report((i + 1.0) / prints.Length);
        }
        return prints;
    }
}
