using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Speaking;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Checking;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Speaks the translation, a segment a file; segments that were spoken before a crash are kept.</summary>
public sealed class SpeakStep(Synthesizers synthesizers, VoiceSamples samples) : IDubStep
{
    /// <inheritdoc />
    public string Name => "speak";

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var translation = await context.Artifacts.ReadAsync<Translation>(ObjectKeys.Translation(context.RequestId, context.Revision), ct);
        var able = await synthesizers.AllForAsync(translation.Language, ct);
        if (able.Count == 0)
            throw new PermanentDubException(
                FailureCode.ToLangUnsupported, $"No installed engine speaks {LanguageCode.EnglishName(translation.Language)}.");
        // Before those that cannot do what was asked for.
        if (VoiceChoices.AskClones(context.Order.Voices))
            able = [.. able.OrderByDescending(engine => engine.ClonesVoices)];
        // One engine speaks all of a dub, in one voice a speaker.
        await Implausible.FirstAsync(able, async engine =>
        {
            await SpeakAllAsync(context, translation, engine, isFirst: engine == able[0], ct);
            return engine;
        }, (left, next) => context.WarnReplaced(left.Name, next.Name));
    }

    private async Task SpeakAllAsync(
        DubContext context, Translation translation, ISynthesizer synthesizer, bool isFirst, CancellationToken ct)
    {
        var speakable = translation.Segments.Where(s => SpokenText.IsSpeakable(s.Text)).ToList();
        var speakers = await context.Artifacts.ReadAsync<SpeakerMap>(ObjectKeys.Speakers(context.SourceId), ct);
        var cast = VoiceCasting.Cast(
            speakers.Speakers,
            await synthesizer.VoicesAsync(translation.Language, context.Order.ToRegion, ct),
            VoiceChoices.Named(context.Order.Voices));
        var own = new OwnVoices(context, synthesizer, samples, speakers, translation.Segments);
        if (VoiceChoices.Unused(speakers.Speakers, context.Order.Voices) is { Count: > 0 } unused)
            context.Warn(WarningCode.VoicesUnused, $"Voices were chosen for nobody who speaks: {string.Join(", ", unused)}.");
        var made = context.Revision == 0 ? null : await MadeRevision.ReadAsync(context.Artifacts, context.Order, ct);
        var spoken = new SpokenSegment[speakable.Count];
        var done = 0;
        context.Count(0, speakable.Count);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, speakable.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            async (i, token) =>
            {
                var segment = speakable[i];
                spoken[i] = made?.KeptSpeech(segment) is { } kept && await context.Artifacts.HasAsync(kept.Key, token)
                    ? new SpokenSegment(segment.Index, kept.Key, kept.Tempo * (kept.End - kept.Start), kept.Voice)
                    : await SpeakAsync(
                        context, synthesizer, translation.Language, segment, await VoiceAsync(segment, token), isFirst, token);
                var count = Interlocked.Increment(ref done);
                context.Count(count, speakable.Count);
                context.Progress.Report(count / (double)speakable.Count);
            });
        await context.Artifacts.WriteAsync(
            ObjectKeys.SpeechList(context.RequestId, context.Revision),
            new SpokenTranslation(synthesizer.Name, [.. spoken.Where(s => s.Seconds > 0)]) { Voices = Report(speakers, spoken) },
            ct);

        async Task<(string? Name, string? Sample)> VoiceAsync(Segment segment, CancellationToken token)
        {
            var speaker = speakers.Segments[segment.Index];
            var (chosen, voice) = (made?.VoiceOf(segment.Index), await own.OfAsync(speaker, token));
            return voice is not null && (chosen is null || chosen == voice.Name)
                ? (voice.Name, voice.Sample)
                : (chosen ?? cast[speaker], null);
        }
    }

    private static IReadOnlyList<VoiceReport> Report(SpeakerMap speakers, IReadOnlyList<SpokenSegment> spoken)
    {
        var bySpeaker = spoken.ToLookup(s => speakers.Segments[s.Index]);
        return
        [
            .. speakers.Speakers.Where(s => bySpeaker.Contains(s.Id)).Select(s => new VoiceReport(
                s.Id, s.Gender?.ToString().ToLowerInvariant(), s.PitchHz, bySpeaker[s.Id].First().Voice, bySpeaker[s.Id].Count())),
        ];
    }

    private static async Task<SpokenSegment> SpeakAsync(
        DubContext context, ISynthesizer synthesizer, string language, Segment segment,
        (string? Name, string? Sample) wanted, bool isFirst, CancellationToken ct)
    {
        var record = ObjectKeys.SpokenPart(context.RequestId, segment.Index, context.Revision);
        // What another engine spoke before it was left is spoken again.
        if (isFirst
            && await context.Artifacts.TryReadAsync<SpokenSegment>(record, ct) is { } before
            && await context.Artifacts.HasAsync(before.Key, ct))
            return before;

        var wav = context.Artifacts.NewFile(".wav");
        var ledger = context.Ledger(synthesizer.Name);
        var voice = await synthesizer.SpeakAsync(
            new SpeechRequest(segment.Text, language, wanted.Name)
            {
                Ledger = ledger,
                Region = context.Order.ToRegion,
                Sample = wanted.Sample,
            },
            wav,
            ct);
        ledger.CountUncounted(segment.Text.Length, 0);
        var seconds = await SpeechTrimmer.TrimAsync(wav, ct);
        var key = await context.Artifacts.PutPartAsync(
            ObjectKeys.Speech(context.RequestId, segment.Index, context.Revision), wav, "audio/wav", ct);
        var spoken = new SpokenSegment(segment.Index, key, seconds, voice);
        await context.Artifacts.WriteAsync(record, spoken, ct);
        await context.Spending.SaveSomeAsync(ct);
        return spoken;
    }
}
