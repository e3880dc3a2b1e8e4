using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Turns the source's speech into a transcript.</summary>
public sealed class TranscribeStep(SpeechAudio speech, Recognizers recognizers) : IDubStep
{
    /// <inheritdoc />
    public string Name => "transcribe";

    /// <inheritdoc />
    public DubStage Stage => DubStage.Transcribing;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.RequestId), ct);
        var audio = await speech.OpenAsync(context, media, context.Progress.Part(0.1, 0.2), ct);

        var recognizer = await recognizers.ForAsync(context.Order.FromLang, ct)
            ?? throw new PermanentDubException("from_lang_unsupported", "No installed engine recognises the spoken language.");
        var ledger = context.Ledger(recognizer.Name);
        var transcript = await recognizer.RecognizeAsync(
            new RecognitionRequest(audio, context.Order.FromLang, context.Scratch) { Ledger = ledger }, context.Progress.Part(0.2, 0.95), ct);
        ledger.CountUncounted(0, media.DurationSeconds);
        if (transcript.Segments.Count == 0)
            context.Warn("no_speech", "No speech was recognised; the result keeps the original sound.");
        if (transcript.Language == context.Order.ToLang)
            context.Warn("same_language", "The video is already in the target language; it was spoken anew without translation.");
        await context.Artifacts.WriteAsync(ObjectKeys.Transcript(context.RequestId), WithinVideo(transcript, media.DurationSeconds), ct);
    }

    // An engine may round the last segment past the end.
    private static Transcript WithinVideo(Transcript transcript, double seconds) => transcript with
    {
        Segments = [.. transcript.Segments
            .Where(s => s.Start < seconds)
            .Select((s, index) => new Segment(index, s.Start, Math.Min(s.End, seconds), s.Text) { Speaker = s.Speaker })],
    };
}
