using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Speaking;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Dubbing.Steps.Fitting;

/// <summary>A segment of the translation with its speech.</summary>
/// <param name="Text">What is said, and when the original is.</param>
/// <param name="Speech">How it was spoken.</param>
public sealed record SpokenLine(Segment Text, SpokenSegment Speech)
{
    /// <summary>The file that an earlier revision heard, with its own length; null for what was spoken for this one.</summary>
    public SpokenSegment? Kept { get; init; }
}

/// <summary>Speaks segments again, with the voice they have: in other words, or at another rate.</summary>
/// <param name="context">The dub.</param>
/// <param name="synthesizer">The engine; null when none speaks the language any more.</param>
/// <param name="language">As ISO 639-1.</param>
public sealed class SegmentSpeaker(DubContext context, ISynthesizer? synthesizer, string language)
{
    /// <summary>The line in other words; as it is when there are none, or they do not come out shorter.</summary>
    public async Task<SpokenLine> SpeakShorterAsync(SpokenLine line, string? text, CancellationToken ct)
    {
        if (text is null || synthesizer is null)
            return line;
        var key = ObjectKeys.ShorterSpeech(context.RequestId, line.Text.Index, context.Revision);
        var speech = await TrySpeakAsync(synthesizer, key, text, line.Speech, rate: 1, ct);
        return speech?.Seconds > 0 && speech.Seconds < line.Speech.Seconds
            ? new SpokenLine(line.Text with { Text = text, Caption = null }, speech)
            : line;
    }

    /// <summary>The line's speech at a rate, by engines that can; as it is by others.</summary>
    public async Task<SpokenSegment> SpeakAtAsync(SpokenLine line, double rate, CancellationToken ct)
    {
        if (synthesizer?.SpeaksAtRate(language) != true)
            return line.Speech;
        var key = ObjectKeys.FittedSpeech(context.RequestId, line.Text.Index, context.Revision);
        var speech = await TrySpeakAsync(synthesizer, key, line.Text.Text, line.Speech, rate, ct);
        return speech?.Seconds > 0 ? speech : line.Speech;
    }

    // Null where the engine is left out by now: there is speech already, which is stretched, and another engine has other voices.
    private async Task<SpokenSegment?> TrySpeakAsync(
        ISynthesizer engine, string key, string text, SpokenSegment before, double rate, CancellationToken ct)
    {
        try
        {
            return await SpeakAsync(engine, key, text, before, rate, ct);
        }
        catch (TransientDubException e) when (e.IsEngineLeftOut)
        {
            return null;
        }
    }

    private async Task<SpokenSegment> SpeakAsync(
        ISynthesizer engine, string key, string text, SpokenSegment before, double rate, CancellationToken ct)
    {
        var wav = context.Artifacts.NewFile(".wav");
        var ledger = context.Ledger(engine.Name);
        await engine.SpeakAsync(
            new SpeechRequest(text, language, before.Voice, rate)
            {
                Ledger = ledger,
                Region = context.Order.ToRegion,
                Sample = await SampleAsync(before.Voice, ct),
            },
            wav,
            ct);
        ledger.CountUncounted(text.Length, 0);
        var seconds = await SpeechTrimmer.TrimAsync(wav, ct);
        return before with { Key = await context.Artifacts.PutPartAsync(key, wav, "audio/wav", ct), Seconds = seconds };
    }

    // Of the voices that were made of a recording, those that the engine is sent with every text say whose it is.
    private async Task<string?> SampleAsync(string voice, CancellationToken ct) =>
        voice.StartsWith(VoiceChoices.Clone + ":", StringComparison.Ordinal)
            ? await VoiceSamples.FindAsync(context, voice[(VoiceChoices.Clone.Length + 1)..], ct)
            : null;
}
